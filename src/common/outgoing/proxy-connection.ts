import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { OutgoingFetchError } from './outgoing-fetch.error.js';

type Call = RequestOptions & { readonly signal: AbortSignal };

/**
 * The options of a call to a URL through a proxy: a tunnel to an https target (CONNECT, RFC 9110 section 9.3.6), and the
 * whole address in the request line for an http one (RFC 9112 section 3.2.2). Raises OutgoingFetchError (unreachable)
 * where the proxy makes no tunnel.
 */
export async function optionsThrough(proxy: URL, url: URL, call: Call): Promise<RequestOptions> {
  if (url.protocol === 'https:') {
    const socket = await tunnel(proxy, url, call.signal);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const servername = isIP(host) === 0 ? host : undefined;
    return { ...call, createConnection: () => connectSecurely({ socket, host, ...(servername && { servername }) }) };
  }
  const { auth, ...address } = addressOf(proxy);
  const headers = { ...call.headers, host: url.host, ...auth };
  return { ...call, ...address, path: url.href, headers, agent: false };
}

/** A connection to the target of an https URL that the proxy passes on as it is. */
function tunnel(proxy: URL, url: URL, signal: AbortSignal): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const { auth, ...address } = addressOf(proxy);
  return new Promise((resolve, reject) => {
    const options = { ...address, method: 'CONNECT', path: target, headers: { host: target, ...auth }, agent: false };
    const request = (proxy.protocol === 'https:' ? https : http).request({ ...options, signal });
    request.once('connect', ({ statusCode = 0 }, socket: Socket) => {
      signal.addEventListener('abort', () => socket.destroy(), { once: true });
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.destroy();
      return reject(unreachable(proxy, `answered ${statusCode} for ${target}`));
    });
    request.once('error', (error) =>
      reject(signal.aborted ? error : unreachable(proxy, `cannot be asked: ${error.message}`)),
    );
    request.end();
  });
}

/** Where a proxy is, and the credentials in its URL (RFC 9110 section 11.7.2). */
function addressOf({ protocol, hostname, port, username, password }: URL) {
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const auth = { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    protocol,
    hostname: host,
    // Node would take the name for the certificate from the Host header, which is the target's.
    servername: isIP(host) === 0 ? host : '',
    port: port || (protocol === 'https:' ? 443 : 80),
    auth: username === '' ? {} : auth,
  };
}

function unreachable({ host }: URL, problem: string): OutgoingFetchError {
  return new OutgoingFetchError('unreachable', `the proxy ${host} ${problem}`);
}
