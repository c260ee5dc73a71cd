/** The part that is used of a package without types. */
declare module 'proxy-from-env' {
  /** The proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name for a URL; empty for none. */
  export function getProxyForUrl(url: string): string;
}
