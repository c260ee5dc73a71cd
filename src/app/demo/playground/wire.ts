import { Injectable } from '@nestjs/common';
import { TemporarilyUnavailableError } from '../../../common/errors/rfc6749.errors.js';
import { Paths } from '../../../common/http/paths.js';
import { ROUTES, type Route } from '../../../common/http/routes.js';
import type { Exchange, WireRequest, WireResponse } from './run.js';

const TIME_LIMIT_MILLISECONDS = 5_000;
const SIZE_LIMIT_BYTES = 64 * 1024;
/** Headers about the connection, which say nothing about the protocol and are not shown. */
const LEFT_OUT = ['connection', 'date', 'keep-alive', 'transfer-encoding'];

/** The partner app's HTTP: real requests to this server's own address, limited in time and size, no redirects. */
@Injectable()
export class Wire {
  constructor(private readonly paths: Paths) {}

  /** GET, with a bearer token if one is given (RFC 6750 section 2.1). */
  get(title: string, route: Route, accessToken?: string): Promise<Exchange> {
    const authorization = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
    const headers = { accept: 'application/json', ...authorization };
    return this.#send(title, { method: 'GET', url: this.paths.url(route), headers });
  }

  /** POST of a form. */
  post(title: string, route: Route, form: Readonly<Record<string, string>>): Promise<Exchange> {
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(form).toString();
    return this.#send(title, { method: 'POST', url: this.paths.url(route), headers, body });
  }

  async #send(title: string, request: WireRequest): Promise<Exchange> {
    try {
      const signal = AbortSignal.timeout(TIME_LIMIT_MILLISECONDS);
      const response = await fetch(request.url, { ...request, redirect: 'manual', signal });
      return { title, request, response: await read(response) };
    } catch (error) {
      throw new TemporarilyUnavailableError({
        description: `The playground could not reach ${request.url}; ISSUER must be an address that this server can reach itself`,
        detail: String((error as Error).cause ?? error),
        wayOn: { label: 'Open the playground', href: this.paths.to(ROUTES.playground) },
      });
    }
  }
}

async function read(response: Response): Promise<WireResponse> {
  const { status, statusText } = response;
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !LEFT_OUT.includes(name)));
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > SIZE_LIMIT_BYTES) throw new RangeError(`the answer is over ${SIZE_LIMIT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { status, statusText, headers, body: Buffer.concat(chunks).toString('utf8') };
}
