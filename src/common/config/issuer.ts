/**
 * The issuer identifier (RFC 8414 section 2) from which every URL of this server derives. The Host header is never
 * consulted, so a forged one cannot redirect a token or an end user.
 */
export class Issuer {
  /** The identifier without a trailing slash. */
  readonly url: string;
  /** Scheme, host and port alone, as browsers compare origins. */
  readonly origin: string;
  /** True over https: cookies are then Secure and carry the `__Host-` prefix. */
  readonly isSecure: boolean;
  /** True for a host of this machine, which browsers trust as they do https. */
  readonly isLocal: boolean;

  /** Takes an absolute http or https URL without query or fragment. */
  constructor(url: string) {
    const parsed = new URL(url);
    this.url = url.replace(/\/+$/, '');
    this.origin = parsed.origin;
    this.isSecure = parsed.protocol === 'https:';
    this.isLocal = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(parsed.hostname);
  }
}
