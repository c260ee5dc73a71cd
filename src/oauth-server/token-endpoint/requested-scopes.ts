import { InvalidScopeError } from '../../common/errors/rfc6749.errors.js';
import { isScopeSyntax, parseScope, scopesBeyond } from '../../common/scope.js';

/**
 * The scopes of a request (RFC 6749 section 3.3): those it names, or all that are allowed where it names none. Raises
 * InvalidScopeError, which names what is malformed or not allowed.
 */
export function requestedScopes(scope: string | undefined, allowed: readonly string[]): readonly string[] {
  if (scope === undefined) return allowed;
  if (!isScopeSyntax(scope)) {
    throw new InvalidScopeError({ description: 'scope is not a list of scopes with a single space between two' });
  }
  const asked = parseScope(scope);
  const beyond = scopesBeyond(asked, allowed);
  if (beyond.length > 0) {
    throw new InvalidScopeError({
      description: `Not allowed here: ${beyond.join(' ')}. Allowed: ${allowed.join(' ')}`,
    });
  }
  return asked;
}
