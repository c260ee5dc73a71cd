import { OAuthError } from './oauth-error.js';

/** The endpoint is not asked by this HTTP method; the answer says by which (RFC 9110 section 15.5.6). */
export class MethodNotAllowedError extends OAuthError {
  readonly code = 'invalid_request';
  override readonly status = 405;

  constructor(private readonly allowed: readonly string[]) {
    super({ description: `Use ${allowed.join(' or ')} here` });
  }

  override get headers(): Readonly<Record<string, string>> {
    return { Allow: this.allowed.join(', ') };
  }
}
