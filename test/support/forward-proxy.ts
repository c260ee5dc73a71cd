import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A forward proxy on a loopback port: tunnels for https, plain requests for http, and names that it alone resolves. */
export class ForwardProxy {
  /** What was asked of it: `CONNECT host:port`, or the method with the absolute URL. */
  readonly asked: string[] = [];
  /** The credentials that came along last. */
  credentials: string | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly hosts: Readonly<Record<string, string>>,
  ) {
    server.on('connection', (socket) => this.#sockets.add(socket));
    server.on('connect', (request, client, head) => {
      this.asked.push(`CONNECT ${request.url}`);
      this.credentials = request.headers['proxy-authorization'];
      const target = new URL(`https://${this.hosts[request.url ?? ''] ?? request.url}`);
      const upstream = connect(Number(target.port || 443), target.hostname, () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    server.on('request', (request, response) => {
      this.asked.push(`${request.method} ${request.url}`);
      const url = new URL(request.url ?? '');
      const upstream = httpRequest(url, { method: request.method ?? 'GET', headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(upstream);
    });
  }

  /** `hosts` says where a tunnel to a host and port leads instead. */
  static async start(hosts: Readonly<Record<string, string>> = {}): Promise<ForwardProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ForwardProxy(server, hosts);
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
