import { InvalidScopeError } from '../../common/errors/rfc6749.errors.js';
import { isScopeSyntax, parseScope, scopesBeyond } from '../../common/scope.js';

/**
 * The scopes of a request (RFC 6749 section 3.3): those it names, or all that are allowed where it names none; spaces
 * around them and several between them count as one. Raises InvalidScopeError, which names what is malformed or not
 * allowed.
 */
export function requestedScopes(scope: string | undefined, allowed: readonly string[]): readonly string[] {
  const requested = parseScope(scope);
  if (requested.length === 0) return allowed;
  if (!isScopeSyntax(requested.join(' '))) {
    throw new InvalidScopeError({ description: 'scope is not a list of scopes with spaces between them' });
  }
  const beyond = scopesBeyond(requested, allowed);
  if (beyond.length > 0) {
    throw new InvalidScopeError({
      description: `Not allowed here: ${beyond.join(' ')}. Allowed: ${allowed.join(' ')}`,
    });
  }
  return requested;
}
