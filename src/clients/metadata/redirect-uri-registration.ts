import { isLoopback, isPrivateUse } from '../../common/http/redirect-uri.js';
import { parseUrl } from '../../common/url/parse-url.js';
import { isHandledScheme } from './handled-schemes.js';

/**
 * The reason why a URI may not be registered as a redirect URI; undefined when it may. Three kinds may: https, http on
 * this very machine (RFC 8252 section 7.3), and any private-use scheme (RFC 8252 section 7.1), which is every scheme
 * that no browser and no operating system handles itself. None may have a fragment (RFC 6749 section 3.1.2).
 */
export function redirectUriProblem(uri: string): string | undefined {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):/i.exec(uri) ?? [];
  if (scheme === '' || parseUrl(uri) === undefined) return 'is not an absolute URI';
  if (/[^\x21-\x7e]|["<>\\^`{|}]/.test(uri)) return 'has a character that must be percent-encoded in a URI';
  if (uri.includes('#')) return 'has a fragment';
  const url = new URL(uri);
  if (url.username !== '' || url.password !== '') return 'carries a user name or a password';
  if (!isPrivateUse(uri)) return webUriProblem(uri, url);
  if (isHandledScheme(scheme)) {
    return `has the scheme ${scheme}:, which a browser or the system opens itself; take https, http on a loopback address, or a scheme of its own such as com.example.app`;
  }
  return /^[^:]+:\d+(?:[/?]|$)/.test(uri) ? 'is a host and a port without https:// in front' : undefined;
}

function webUriProblem(uri: string, url: URL): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(uri)) return 'is not an absolute URI';
  if (url.hostname.includes('*')) return 'has a wildcard in its host, but redirect URIs are compared exactly';
  if (url.protocol === 'https:' || isLoopback(uri)) return undefined;
  return 'is http, which is for 127.0.0.1, [::1] and localhost alone';
}
