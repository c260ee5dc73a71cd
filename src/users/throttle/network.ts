import { isIPv4, isIPv6 } from 'node:net';

/** A range of addresses that one customer may have whole. */
export interface Network {
  /** An IPv4 address, or an IPv6 prefix such as `2001:db8:1:2::/64`. */
  readonly name: string;
  /** The factor of the limit: how many times as many failures as for the narrowest network are let through. */
  readonly allowance: number;
}

/**
 * The networks of an address, the narrowest first: an IPv4 address is one of its own, also when written as IPv4-mapped
 * IPv6. One of IPv6 has three, because providers give a customer 64 bits at least and often 56 or 48 (RFC 6177); a
 * wider network has more room for failures, as it may as well belong to many. The port that some proxies add, as in
 * `192.0.2.7:4711`, is left out. Any other text stands for itself.
 */
export function networksOf(address: string): [Network, ...Network[]] {
  const withPort = /^(?:([\d.]+)|\[([\da-f:.]+)\]):\d+$/i.exec(address);
  const [withoutZone = ''] = (withPort?.[1] ?? withPort?.[2] ?? address).split('%', 1);
  const mapped = /^::ffff:([\d.]+)$/i.exec(withoutZone)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return [{ name: mapped, allowance: 1 }];
  if (!isIPv6(withoutZone)) return [{ name: isIPv4(withoutZone) ? withoutZone : address, allowance: 1 }];
  const groups = groupsOf(withoutZone);
  return [
    { name: prefixOf(groups, 64), allowance: 1 },
    { name: prefixOf(groups, 56), allowance: 4 },
    { name: prefixOf(groups, 48), allowance: 16 },
  ];
}

/** The eight groups of 16 bits of an IPv6 address. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(missing).fill('0'), ...right].map((group) => Number.parseInt(group, 16));
}

/** The first bits as RFC 4291 section 2.3 writes a prefix, each group of the first 64 bits spelt out. */
function prefixOf(groups: readonly number[], bits: number): string {
  const kept = groups
    .slice(0, 4)
    .map((group, index) => group & ~(0xffff >> Math.min(16, Math.max(0, bits - index * 16))));
  return `${kept.map((group) => (group & 0xffff).toString(16)).join(':')}::/${bits}`;
}
