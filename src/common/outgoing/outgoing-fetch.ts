import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { Injectable } from '@nestjs/common';
import { Issuer } from '../config/issuer.js';
import { OutgoingOptions } from './outgoing.options.js';
import { OutgoingFetchError } from './outgoing-fetch.error.js';
import { Proxies } from './proxies.js';
import { optionsThrough } from './proxy-connection.js';
import { lookUpPublicAddress, requirePublicLiteral, requirePublicName } from './public-only.js';

/** A request to another server. The body is sent as it is, so its Content-Type must be among the headers. */
export interface OutgoingRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Connections that stay open for the next call, for as long as those of Node itself; no proxy of Node's own stands in them. */
const KEPT_OPEN = { keepAlive: true, timeout: 5000, scheduling: 'lifo' } as const;
const AGENTS = { 'http:': new http.Agent(KEPT_OPEN), 'https:': new https.Agent(KEPT_OPEN) };

/**
 * Calls other servers, with limits of time and size and without following redirects. Private networks are refused,
 * because a name that an outsider controls could point there. The address is checked at the moment of connecting, so
 * that a name which resolves to another address the second time gains nothing. Where a proxy stands in between, it
 * connects: a name that resolves here to a private address is refused all the same, and one that does not resolve here
 * is left to the proxy. The proxy may itself be anywhere. A server whose own issuer is http is in development and may
 * call any address.
 */
@Injectable()
export class OutgoingFetch {
  /** The limit for the whole exchange, from the resolution of the name to the last byte. */
  timeLimitSeconds = 10;
  sizeLimitBytes = 1024 * 1024;
  readonly #isDevelopment: boolean;
  readonly #proxies: Proxies;

  constructor(issuer: Issuer, options: OutgoingOptions) {
    this.#isDevelopment = !issuer.isSecure;
    this.#proxies = new Proxies(options);
  }

  /** The response, of any status but a redirect. Raises OutgoingFetchError; `mayBePrivate` allows private networks. */
  async fetch(address: string, request: OutgoingRequest, mayBePrivate = false): Promise<Response> {
    const url = new URL(address);
    const signal = AbortSignal.timeout(this.timeLimitSeconds * 1000);
    const call = {
      method: request.method ?? 'GET',
      headers: { 'user-agent': 'Gatehouse', ...request.headers, ...lengthOf(request.body) },
      signal,
    };
    try {
      const options = await this.#connecting(url, call, this.#isDevelopment || mayBePrivate);
      const answer = await send(url, options, request.body);
      const body = await this.#read(answer);
      return responseOf(answer, body);
    } catch (error) {
      if (error instanceof OutgoingFetchError) throw error;
      if (signal.aborted) throw new OutgoingFetchError('too-slow', `no answer in ${this.timeLimitSeconds} seconds`);
      throw new OutgoingFetchError('unreachable', messageOf(error));
    }
  }

  /** The options of a call with the way to its target: straight, or through a proxy. */
  async #connecting(
    url: URL,
    call: RequestOptions & { readonly signal: AbortSignal },
    mayBePrivate: boolean,
  ): Promise<RequestOptions> {
    const proxy = this.#proxies.for(url);
    if (!mayBePrivate) requirePublicLiteral(url);
    if (proxy === undefined) {
      const agent = url.protocol === 'https:' ? AGENTS['https:'] : AGENTS['http:'];
      return { ...call, agent, ...(!mayBePrivate && { lookup: lookUpPublicAddress }) };
    }
    if (!mayBePrivate) await requirePublicName(url, call.signal);
    return optionsThrough(proxy, url, call);
  }

  async #read(answer: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > this.sizeLimitBytes) {
        throw new OutgoingFetchError('too-large', `the answer is over ${this.sizeLimitBytes} bytes`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

/** Node leaves the length out for a DELETE, and the body would be lost (RFC 9112 section 6.3). */
function lengthOf(body: string | undefined): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

function send(url: URL, options: RequestOptions, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { protocol = url.protocol } = options;
    const request = (protocol === 'https:' ? https : http).request(url, options, resolve);
    request.on('error', reject).end(body);
  });
}

function responseOf(answer: IncomingMessage, body: Buffer): Response {
  const status = answer.statusCode ?? 0;
  if (status === 407)
    throw new OutgoingFetchError('unreachable', 'it answered 407, as a proxy that takes no other credentials');
  if (status >= 300 && status < 400) {
    throw new OutgoingFetchError('redirects', `it answered ${status} with a redirect`);
  }
  const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Response(status === 204 ? null : new Uint8Array(body), { status, headers });
}

/** The message of an error, or its code: where every address of a name refuses, Node's error has no message. */
function messageOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || 'the connection failed';
}
