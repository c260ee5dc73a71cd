import { lookup as resolveName } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { OutgoingFetchError } from './outgoing-fetch.error.js';
import { isPrivateAddress } from './private-address.js';

/**
 * Raises OutgoingFetchError (private-address) for a URL that is not https or whose host is a private address. A literal
 * address is never looked up, so that no lookup could refuse it.
 */
export function requirePublicLiteral(url: URL): void {
  if (url.protocol !== 'https:') throw new OutgoingFetchError('private-address', `${url.protocol} is not https:`);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && isPrivateAddress(literal)) throw privateAddress(url.hostname);
}

/** The lookup that refuses private addresses when a name is resolved. */
export const lookUpPublicAddress: LookupFunction = (hostname, options, done) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    const allowed = error ? [] : addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = allowed;
    if (error) done(error, '', 0);
    else if (first === undefined) done(privateAddress(hostname), '', 0);
    else if (options.all) done(null, allowed);
    else done(null, first.address, first.family);
  });
};

/**
 * Raises OutgoingFetchError (private-address) for a host of which one address, as it resolves here, is private: which of
 * them a proxy would take is not known. A name that does not resolve here passes, since behind a proxy few names do.
 */
export async function requirePublicName({ hostname }: URL, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const addresses = await Promise.race([lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }), aborted]).catch(
    () => [],
  );
  signal.throwIfAborted();
  if (addresses.some(({ address }) => isPrivateAddress(address))) throw privateAddress(hostname);
}

function privateAddress(hostname: string): OutgoingFetchError {
  return new OutgoingFetchError('private-address', `${hostname} is in a private network`);
}
