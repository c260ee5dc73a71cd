import { connect } from 'node:net';

/** A request as its bytes are to go out, well-formed or not. */
export interface RawRequest {
  readonly method: string;
  /** What stands in the request line: path and query, unescaped. */
  readonly target: string;
  /** Lines such as `Cookie: a=b`; latin1. */
  readonly headers?: readonly string[];
  readonly body?: Buffer;
}

/** An answer as it came in; `status` is 0 when the server closed the connection without one. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

const TIMEOUT_MILLISECONDS = 10_000;

/** Sends bytes that no HTTP client would send, and reads to the end. Rejects when no answer comes in ten seconds. */
export function sendRaw(origin: string, { method, target, headers = [], body }: RawRequest): Promise<RawAnswer> {
  const { host, hostname, port } = new URL(origin);
  const length = body === undefined ? [] : [`Content-Length: ${body.length}`];
  const head = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers, ...length, '', ''];
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      socket.write(Buffer.from(head.join('\r\n'), 'latin1'));
      if (body !== undefined) socket.write(body);
    });
    socket.setTimeout(TIMEOUT_MILLISECONDS, () => socket.destroy(new Error(`${method} ${target} got no answer`)));
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server that refuses early closes while the body is still on its way.
    socket.on('error', (error: NodeJS.ErrnoException) => (isClosed(error) ? resolve(read(chunks)) : reject(error)));
    socket.on('end', () => resolve(read(chunks)));
  });
}

function isClosed({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ECONNRESET';
}

function read(chunks: readonly Buffer[]): RawAnswer {
  const text = Buffer.concat(chunks).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const [, status = '0'] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  return { status: Number(status), head: text.slice(0, end), body: text.slice(end + 4) };
}
