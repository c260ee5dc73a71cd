import { parseUrl } from '../url/parse-url.js';

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i; // `https://`

/** The URL of a proxy, http where no scheme is given; undefined for a text that is none. */
export function proxyAddress(text: string): URL | undefined {
  const address = SCHEME.test(text) ? text : `http://${text}`;
  const url = text === '' ? undefined : parseUrl(address);
  return url && /^https?:$/.test(url.protocol) && hasReadableCredentials(url) ? url : undefined;
}

/** False for a broken percent-encoding, such as that of a password with a bare `%`. */
function hasReadableCredentials({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}
