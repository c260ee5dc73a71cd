import { BlockList, isIP } from 'node:net';

/**
 * Networks of IPv4 that are not of the public internet (RFC 6890): this host, private and shared ones, link-local,
 * documentation, relays, multicast.
 */
const PRIVATE = blocks('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]);

/** The only part of IPv6 that is given out for the public internet (RFC 4291 section 2.4). */
const GLOBAL = blocks('ipv6', [['2000::', 3]]);

/** What is special in that part: protocols, tunnels that lead to IPv4, documentation (RFC 6890, RFC 9637). */
const SPECIAL = blocks('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/** IPv4 addresses written as IPv6 (RFC 4291 section 2.5.5.2). */
const MAPPED = blocks('ipv6', [['::ffff:0:0', 96]]);

/**
 * True for an IP address of this host, of a private network, or of none that is known. An IPv4 address written as IPv6,
 * such as `::ffff:10.0.0.1`, counts as IPv4.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) !== 6) return PRIVATE.check(address, 'ipv4');
  if (MAPPED.check(address, 'ipv6')) return PRIVATE.check(address, 'ipv6');
  return !GLOBAL.check(address, 'ipv6') || SPECIAL.check(address, 'ipv6');
}

function blocks(family: 'ipv4' | 'ipv6', networks: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}
