import { BlockList, isIP, isIPv6 } from 'node:net';
import type { OutgoingOptions } from './outgoing.options.js';
import { proxyAddress } from './proxy-address.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * Says by which proxy a URL is called. An entry of the list of exceptions is `*` for every host, a name, which stands
 * for the names below it as well, an address, or a network such as `10.0.0.0/8` for hosts that are written as addresses;
 * each may end in a port. This machine itself is never called by a proxy, which would take its own machine for it.
 */
export class Proxies {
  readonly #https: URL | undefined;
  readonly #http: URL | undefined;
  readonly #isException: readonly ((host: string, port: string) => boolean)[];

  constructor({ httpsProxy, httpProxy, noProxy }: OutgoingOptions) {
    this.#https = proxyAddress(httpsProxy);
    this.#http = proxyAddress(httpProxy);
    this.#isException = noProxy
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(exception);
  }

  /** Undefined where no proxy stands in between. */
  for({ protocol, hostname, port }: URL): URL | undefined {
    const isSecure = protocol === 'https:';
    const host = plain(hostname);
    if (isThisMachine(host)) return undefined;
    const usedPort = port || (isSecure ? '443' : '80');
    if (this.#isException.some((isMeant) => isMeant(host, usedPort))) return undefined;
    return isSecure ? this.#https : this.#http;
  }
}

function exception(entry: string): (host: string, port: string) => boolean {
  if (entry === '*') return () => true;
  const [, bracketed, ownPort = ''] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [undefined, entry];
  const name = plain(bracketed ?? entry);
  const isPort = (port: string) => ownPort === '' || port === ownPort;
  const network = networkOf(name);
  if (network !== undefined)
    return (host, port) => isPort(port) && isIP(host) !== 0 && network.check(host, familyOf(host));
  const suffix = name.replace(/^\*?\.?/, '');
  return (host, port) => isPort(port) && (host === suffix || host.endsWith(`.${suffix}`));
}

/** The network or the one address that an entry is; undefined for a name. */
function networkOf(entry: string): BlockList | undefined {
  const [address = '', prefix = isIPv6(address) ? '128' : '32'] = entry.split('/', 2);
  const isNetwork = isIP(address) !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv6(address) ? 128 : 32);
  if (!isNetwork) return undefined;
  const network = new BlockList();
  network.addSubnet(address, Number(prefix), familyOf(address));
  return network;
}

function isThisMachine(host: string): boolean {
  if (isIP(host) !== 0) return LOOPBACK.check(host, familyOf(host));
  return host === 'localhost' || host.endsWith('.localhost');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

/** A host in lower case, without the brackets of an IPv6 address and the dot at the end of a whole name. */
function plain(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
}
