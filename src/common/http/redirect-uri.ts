import { parseUrl } from '../url/parse-url.js';

/**
 * An `http` URI on this very machine (RFC 8252 section 7.3) in two parts, before the port and after it.
 * `http://127.0.0.1:4711/back` gives `http://127.0.0.1` and `/back`.
 */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::\d{1,5})?(?=[/?]|$)([^#]*)$/;

/**
 * Compares character by character (RFC 9700 section 2.1), except that a native app may listen on any port of the
 * loopback interface (RFC 8252 section 7.3): 127.0.0.1, [::1], and localhost where it is registered by that name.
 */
export function redirectUriMatches(registered: string, given: string): boolean {
  if (registered === given) return true;
  const loopback = withoutLoopbackPort(registered);
  return loopback !== undefined && loopback === withoutLoopbackPort(given);
}

/** True for a redirect URI that leads to a program on the end user's own machine. */
export function isLoopback(uri: string): boolean {
  return LOOPBACK.test(uri);
}

/** True for a loopback IP address, 127.0.0.1 or [::1], which RFC 8252 section 7.3 has programs use in place of localhost. */
export function isLoopbackAddress(uri: string): boolean {
  return isLoopback(uri) && !uri.startsWith('http://localhost');
}

/** True for a private-use scheme (RFC 8252 section 7.1), which any program on the end user's machine may claim. */
export function isPrivateUse(uri: string): boolean {
  return !/^https?:/i.test(uri);
}

function withoutLoopbackPort(uri: string): string | undefined {
  const [, origin, rest] = LOOPBACK.exec(uri) ?? [];
  return origin === undefined || parseUrl(uri) === undefined ? undefined : `${origin}${rest}`;
}
