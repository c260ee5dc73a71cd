import { isLoopback } from '../../common/http/redirect-uri.js';

/**
 * Why a URI may not be registered as a redirect URI; undefined when it may. What is registered is https, or http on
 * this very machine (RFC 8252 section 7.3), or a private-use scheme made of a domain name in reverse (RFC 8252 section
 * 7.1), which leaves out every scheme that a browser would run. No fragment (RFC 6749 section 3.1.2).
 */
export function redirectUriProblem(uri: string): string | undefined {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):/i.exec(uri) ?? [];
  if (scheme === '' || !URL.canParse(uri)) return 'is not an absolute URI';
  if (/[^\x21-\x7e]|["<>\\^`{|}]/.test(uri)) return 'has a character that must be percent-encoded in a URI';
  if (uri.includes('#')) return 'has a fragment';
  const url = new URL(uri);
  if (url.username !== '' || url.password !== '') return 'carries a user name or a password';
  if (/^https?$/i.test(scheme)) return webUriProblem(uri, url);
  return scheme.includes('.')
    ? undefined
    : `has the scheme "${scheme}", and must be https, http on a loopback address, or a scheme with a dot such as com.example.app`;
}

function webUriProblem(uri: string, url: URL): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(uri)) return 'is not an absolute URI';
  if (url.hostname.includes('*')) return 'has a wildcard in its host, but redirect URIs are compared exactly';
  if (url.protocol === 'https:' || isLoopback(uri)) return undefined;
  return 'is http, which is for 127.0.0.1, [::1] and localhost alone';
}
