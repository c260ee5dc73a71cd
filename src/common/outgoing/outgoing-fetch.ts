import { lookup as resolveName } from 'node:dns';
import { lookup as resolveAll } from 'node:dns/promises';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Issuer } from '../config/issuer.js';
import { OutgoingFetchError } from './outgoing-fetch.error.js';
import { isPrivateAddress } from './private-address.js';
import { proxyFor } from './proxy.js';

/** A request to another server. The body is sent as it is, so its Content-Type must be among the headers. */
export interface OutgoingRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Calls other servers, by way of the proxy that the environment names, with limits of time and size and without following
 * redirects. Private networks are refused,
 * because a name that an outsider controls could point there. The address is checked at the moment of connecting, so
 * that a name which resolves to another address the second time gains nothing. A server whose own issuer is http is in
 * development and may call any address.
 */
@Injectable()
export class OutgoingFetch {
  /** The limit for the whole exchange, from the resolution of the name to the last byte. */
  timeLimitSeconds = 10;
  sizeLimitBytes = 1024 * 1024;
  readonly #isDevelopment: boolean;

  constructor(issuer: Issuer) {
    this.#isDevelopment = !issuer.isSecure;
  }

  /** The response, of any status but a redirect. Raises OutgoingFetchError; `mayBePrivate` allows private networks. */
  async fetch(address: string, request: OutgoingRequest, mayBePrivate = false): Promise<Response> {
    const url = new URL(address);
    const signal = AbortSignal.timeout(this.timeLimitSeconds * 1000);
    try {
      const agent = await proxyFor(url);
      const options = {
        method: request.method ?? 'GET',
        headers: { 'user-agent': 'Gatehouse', ...request.headers },
        signal,
        ...(this.#isDevelopment || mayBePrivate ? {} : await publicOnly(url, agent !== undefined)),
        ...(agent && { agent }),
      };
      const answer = await send(url, options, request.body);
      const body = await this.#read(answer);
      return responseOf(answer, body);
    } catch (error) {
      if (error instanceof OutgoingFetchError) throw error;
      if (signal.aborted) throw new OutgoingFetchError('too-slow', `no answer in ${this.timeLimitSeconds} seconds`);
      throw new OutgoingFetchError('unreachable', messageOf(error));
    }
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

function send(url: URL, options: RequestOptions, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, resolve);
    request.on('error', reject).end(body);
  });
}

function responseOf(answer: IncomingMessage, body: Buffer): Response {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    throw new OutgoingFetchError('redirects', `it answered ${status} with a redirect`);
  }
  const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Response(status === 204 ? null : new Uint8Array(body), { status, headers });
}

/**
 * The lookup that refuses private addresses when a name is resolved. A literal address is never looked up, so it is
 * checked here. Behind a proxy, whose own address may be private, nothing is looked up at connecting; a name that
 * resolves here to a private address is refused all the same, and one that does not resolve is left to the proxy.
 */
async function publicOnly(url: URL, isProxied: boolean): Promise<{ lookup?: LookupFunction }> {
  if (url.protocol !== 'https:') throw new OutgoingFetchError('private-address', `${url.protocol} is not https:`);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && isPrivateAddress(literal)) throw privateAddress(url.hostname);
  if (!isProxied) return { lookup: lookUpPublicAddress };
  const addresses = await resolveAll(url.hostname, { all: true }).catch(() => []);
  if (addresses.some(({ address }) => isPrivateAddress(address))) throw privateAddress(url.hostname);
  return {};
}

const lookUpPublicAddress: LookupFunction = (hostname, options, done) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const allowed = error ? [] : addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = allowed;
    if (error) done(error, '', 0);
    else if (first === undefined) done(privateAddress(hostname), '', 0);
    else if (options.all) done(null, allowed);
    else done(null, first.address, first.family);
  });
};

function privateAddress(hostname: string): OutgoingFetchError {
  return new OutgoingFetchError('private-address', `${hostname} is in a private network`);
}

/** The message of an error, or its code: where every address of a name refuses, Node's error has no message. */
function messageOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || 'the connection failed';
}
