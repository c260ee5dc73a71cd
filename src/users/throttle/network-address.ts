import { isIPv4, isIPv6 } from 'node:net';

/**
 * The part of an address that one household or server cannot change at will: the whole of IPv4 (also when written as
 * IPv4-mapped IPv6), the first 64 bits of IPv6, without the port that some proxies add. Anything else stays as it is.
 */
export function networkOf(address: string): string {
  const withPort = /^(?:([\d.]+)|\[([\da-f:.]+)\]):\d+$/i.exec(address);
  const [withoutZone = ''] = (withPort?.[1] ?? withPort?.[2] ?? address).split('%', 1);
  const mapped = /^::ffff:([\d.]+)$/i.exec(withoutZone)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(withoutZone)) return isIPv4(withoutZone) ? withoutZone : address;
  const canonical = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
