import { isLoopback } from '../../../common/http/redirect-uri.js';

/** The destination of the authorization response: the one thing on the consent page that no client can forge. */
export type Destination =
  | { readonly kind: 'site'; readonly host: string }
  | { readonly kind: 'this-device'; readonly host: string }
  | { readonly kind: 'program'; readonly scheme: string };

/** Tells a web site from a program on the end user's own device, by the redirect URI (RFC 8252 section 7). */
export function destinationOf(redirectUri: string): Destination {
  const { protocol, host } = new URL(redirectUri);
  if (isLoopback(redirectUri)) return { kind: 'this-device', host };
  return protocol === 'https:' || protocol === 'http:' ? { kind: 'site', host } : { kind: 'program', scheme: protocol };
}
