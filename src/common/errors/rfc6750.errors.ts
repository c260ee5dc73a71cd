import { OAuthError } from './oauth-error.js';

/** No access token came; the challenge then names no error (RFC 6750 section 3.1), the body says what to send. */
export class MissingTokenError extends OAuthError {
  readonly code = 'missing_token';
  override readonly statusCode = 401;

  constructor(description = 'Send an access token in the header Authorization: Bearer TOKEN') {
    super({ description });
  }

  override get headers(): Readonly<Record<string, string>> {
    return bearerChallenge();
  }
}

/** The access token is sent in a malformed header or in two ways at once: invalid_request of RFC 6750 section 3.1. */
export class MalformedTokenError extends OAuthError {
  readonly code = 'invalid_request';

  override get headers(): Readonly<Record<string, string>> {
    return bearerChallenge({ error: this.code, error_description: this.description });
  }
}

/** The access token is malformed, unknown, expired or revoked (RFC 6750 section 3.1). */
export class InvalidTokenError extends OAuthError {
  readonly code = 'invalid_token';
  override readonly statusCode = 401;

  override get headers(): Readonly<Record<string, string>> {
    return bearerChallenge({ error: this.code, error_description: this.description });
  }
}

/** The token is good but lacks a scope; the challenge lists what the route needs (RFC 6750 section 3.1). */
export class InsufficientScopeError extends OAuthError {
  readonly code = 'insufficient_scope';
  override readonly statusCode = 403;

  constructor(private readonly needed: readonly string[]) {
    super({ description: `This route needs the scope ${needed.join(' ')}` });
  }

  override get headers(): Readonly<Record<string, string>> {
    const { code, description } = this;
    return bearerChallenge({ error: code, error_description: description, scope: this.needed.join(' ') });
  }
}

/** The WWW-Authenticate header of a protected resource with these attributes (RFC 6750 section 3). */
export function bearerChallenge(attributes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const pairs = Object.entries({ realm: 'gatehouse', ...attributes }).map(([name, value]) => `${name}="${value}"`);
  return { 'WWW-Authenticate': `Bearer ${pairs.join(', ')}` };
}
