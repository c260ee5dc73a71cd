import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { InvalidScopeError } from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { parseScope } from '../../../common/scope.js';
import { ScopeRegistry } from '../../../scopes/scope-registry.js';
import type { ResponseType } from '../response-types/response-types.js';
import type { Step } from '../step.js';

/**
 * Reads the requested scopes. Those that do not exist are left out (OpenID Connect Core section 3.1.2.1), and the token
 * response says which were granted; each of the others must be registered for the client. There is no default: a client
 * that names none, or none that exists, gets InvalidScopeError (RFC 6749 section 3.3), so that no end user is asked for
 * more than the request says. offline_access is dropped where no code comes back (OpenID Connect Core section 11).
 */
@Injectable()
export class CheckScopeStep implements Step {
  constructor(private readonly registry: ScopeRegistry) {}

  run({ parameters, client, responseType }: Context): { scopes: readonly string[] } {
    const requested = parseScope(parameters.get('scope'));
    if (requested.length === 0) {
      throw new InvalidScopeError({
        description: `The parameter scope is missing; this client may ask for ${client.scopes.join(' ') || 'nothing yet'}`,
      });
    }
    const known = requested.filter((scope) => this.registry.has(scope));
    if (known.length === 0) {
      throw new InvalidScopeError({ description: `There is no scope ${requested[0]?.slice(0, 60)} here` });
    }
    const foreign = known.find((scope) => !client.scopes.includes(scope));
    if (foreign !== undefined) {
      throw new InvalidScopeError({ description: `Scope ${foreign} is not in the scope registered for this client` });
    }
    return { scopes: responseType.givesCode ? known : known.filter((scope) => scope !== 'offline_access') };
  }
}

interface Context {
  readonly parameters: FormParameters;
  readonly client: Client;
  readonly responseType: ResponseType;
}
