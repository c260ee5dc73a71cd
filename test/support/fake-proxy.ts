import { createServer, type IncomingMessage, request as requestOf, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { SelfSigned } from './self-signed.js';

/** A forward proxy on a loopback port, which knows where the hosts of a test stand and passes on to no others. */
export class FakeProxy {
  /** What it was asked for: `CONNECT corp.test:443`, `GET http://corp.test/`. */
  readonly asked: string[] = [];
  /** Where each host with its port stands here. */
  readonly ports = new Map<string, number>();
  /** What must stand in Proxy-Authorization; undefined: anybody may come. */
  authorization: string | undefined;
  /** True for a proxy that takes requests and answers none. */
  isSilent = false;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** With a certificate it speaks https itself. */
  static async start(certificate?: SelfSigned): Promise<FakeProxy> {
    const proxy = new FakeProxy(certificate === undefined ? createServer() : createSecureServer({ ...certificate }));
    proxy.server.on('connection', (socket: Socket) => proxy.#sockets.add(socket));
    proxy.server.on('request', (request, response) => proxy.#pass(request, response));
    proxy.server.on('connect', (request, socket: Socket) => proxy.#tunnel(request, socket));
    await new Promise<void>((resolve) => proxy.server.listen(0, 'localhost', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Passes on to the port of a URL what is meant for a host. */
  leads(host: string, url: string): void {
    this.ports.set(host, Number(new URL(url).port));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const refusal = this.#refusal(request);
    const url = new URL(request.url ?? '');
    const port = this.ports.get(`${url.hostname}:${url.port || 80}`);
    if (this.isSilent) return;
    if (refusal !== undefined || port === undefined) {
      response.writeHead(refusal ?? 502).end();
      return;
    }
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const path = url.pathname + url.search;
    const onward = requestOf({ host: 'localhost', port, path, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  }

  #tunnel(request: IncomingMessage, socket: Socket): void {
    const refusal = this.#refusal(request);
    const port = this.ports.get(request.url ?? '');
    if (this.isSilent) return;
    if (refusal !== undefined || port === undefined) {
      socket.end(`HTTP/1.1 ${refusal ?? 502} No\r\n\r\n`);
      return;
    }
    const onward = connect(port, 'localhost', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    this.#sockets.add(onward);
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  }

  #refusal({ method, url, headers }: IncomingMessage): number | undefined {
    this.asked.push(`${method} ${url}`);
    return this.authorization === undefined || headers['proxy-authorization'] === this.authorization ? undefined : 407;
  }
}
