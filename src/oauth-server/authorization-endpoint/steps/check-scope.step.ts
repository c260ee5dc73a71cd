import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { InvalidScopeError } from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { parseScope } from '../../../common/scope.js';
import { ScopeRegistry } from '../../../scopes/scope-registry.js';
import type { ResponseType } from '../response-types/response-types.js';
import type { Step } from '../step.js';

/**
 * Reads the requested scopes; each must exist and be registered for the client. There is no default: a client that
 * names none gets InvalidScopeError (RFC 6749 section 3.3), so that no end user is asked for more than the request
 * says. offline_access is dropped where no code comes back (OpenID Connect Core section 11).
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
    const unknown = requested.find((scope) => !this.registry.has(scope));
    if (unknown !== undefined) {
      throw new InvalidScopeError({ description: `There is no scope ${unknown.slice(0, 60)} here` });
    }
    const foreign = requested.find((scope) => !client.scopes.includes(scope));
    if (foreign !== undefined) {
      throw new InvalidScopeError({ description: `Scope ${foreign} is not in the scope registered for this client` });
    }
    return { scopes: responseType.givesCode ? requested : requested.filter((scope) => scope !== 'offline_access') };
  }
}

interface Context {
  readonly parameters: FormParameters;
  readonly client: Client;
  readonly responseType: ResponseType;
}
