import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const LOOK_MILLISECONDS = 50;

/**
 * A load balancer as orchestrators have them: forwards each request to one of the nodes that said last that they are
 * ready, over connections that it keeps alive, and never sends a request twice.
 */
export class Balancer {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #look: NodeJS.Timeout;
  #ready: readonly string[];
  #turn = 0;

  private constructor(
    private readonly server: Server,
    private readonly nodes: readonly string[],
  ) {
    this.#ready = nodes;
    this.#look = setInterval(() => void this.#ask(), LOOK_MILLISECONDS);
    server.on('request', (asked, answer) => this.#forward(asked, answer));
  }

  static start(nodes: readonly string[]): Promise<Balancer> {
    return new Promise((resolve) => {
      const server = createServer().listen(0, () => resolve(new Balancer(server, nodes)));
    });
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    clearInterval(this.#look);
    this.#agent.destroy();
    this.server.closeAllConnections();
    this.server.close();
  }

  #forward(asked: IncomingMessage, answer: ServerResponse): void {
    this.#turn += 1;
    const node = this.#ready[this.#turn % this.#ready.length];
    if (node === undefined) {
      answer.writeHead(502).end('no node is ready');
      return;
    }
    const { method, headers } = asked;
    const forwarded = request(node + asked.url, { method, headers, agent: this.#agent }, (response) => {
      answer.writeHead(response.statusCode ?? 502);
      response.pipe(answer);
    });
    forwarded.on('error', (error) => answer.writeHead(502).end(error.message));
    asked.pipe(forwarded);
  }

  async #ask(): Promise<void> {
    const states = this.nodes.map(async (node) => {
      const isReady = await fetch(`${node}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      return isReady ? [node] : [];
    });
    this.#ready = (await Promise.all(states)).flat();
  }
}
