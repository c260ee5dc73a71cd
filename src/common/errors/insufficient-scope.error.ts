import { bearerChallenge } from './bearer-challenge.js';
import { OAuthError } from './oauth-error.js';

/** The token is good but lacks a scope; the challenge lists what the route needs (RFC 6750 section 3.1). */
export class InsufficientScopeError extends OAuthError {
  readonly code = 'insufficient_scope';
  override readonly status = 403;

  constructor(private readonly needed: readonly string[]) {
    super({ description: `This route needs the scope ${needed.join(' ')}` });
  }

  override get headers(): Readonly<Record<string, string>> {
    const { code, description } = this;
    return bearerChallenge({ error: code, error_description: description, scope: this.needed.join(' ') });
  }
}
