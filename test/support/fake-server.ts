import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SelfSigned } from './self-signed.js';

/** What a fake received. */
export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly form: URLSearchParams;
}

/** What a fake answers; an object is sent as JSON, and bytes as they are. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer | object;
}

/** Answers one path; a promise that never settles is a server that hangs. */
export type FakeRoute = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

/** A server on a loopback port whose routes a test can exchange at any time. */
export class FakeServer {
  readonly requests: FakeRequest[] = [];

  private constructor(
    readonly url: string,
    readonly routes: Map<string, FakeRoute>,
    private readonly server: Server,
  ) {}

  /** With a certificate it speaks https. */
  static async start(routes: Record<string, FakeRoute> = {}, certificate?: SelfSigned): Promise<FakeServer> {
    const server = certificate === undefined ? createServer() : createSecureServer({ ...certificate });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const scheme = certificate === undefined ? 'http' : 'https';
    const url = `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
    const fake = new FakeServer(url, new Map(Object.entries(routes)), server);
    server.on('request', async (incoming, outgoing) => {
      const request = {
        method: incoming.method ?? '',
        url: new URL(incoming.url ?? '/', url),
        headers: incoming.headers,
        form: new URLSearchParams(await text(incoming)),
      };
      fake.requests.push(request);
      const route = fake.routes.get(request.url.pathname);
      const answer = route ? await Promise.resolve(request).then(route).catch(brokenBy) : { status: 404 };
      const { status = 200, headers = {}, body = '' } = answer;
      const isReady = typeof body === 'string' || Buffer.isBuffer(body);
      const type = isReady ? {} : { 'content-type': 'application/json' };
      outgoing.writeHead(status, { ...type, ...headers }).end(isReady ? body : JSON.stringify(body));
    });
    return fake;
  }

  /** Breaks every connection off; an answer that never comes. */
  hangUp(): Promise<never> {
    this.server.closeAllConnections();
    return new Promise(() => {});
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A fault in a route, told to whoever called it. */
function brokenBy(error: unknown): FakeAnswer {
  return { status: 500, body: String(error) };
}
