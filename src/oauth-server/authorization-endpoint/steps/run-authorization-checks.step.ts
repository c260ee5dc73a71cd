import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessDeniedError } from '../../../common/errors/rfc6749.errors.js';
import { DecoratedProviders } from '../../../common/extension/decorated-providers.js';
import { scopesBeyond } from '../../../common/scope.js';
import type { GrantedAccess } from '../../storage/granted-access.js';
import { AUTHORIZATION_CHECK, type AuthorizationCheck, type AuthorizationRequest } from '../authorization-check.js';
import type { Incoming, Step } from '../step.js';

/**
 * Makes the access that will be granted: the requested scopes, with what `@AuthorizationCheck()` classes take away and
 * add. Raises AccessDeniedError where they leave no scope, and an Error that names a class which grants one that was not
 * requested.
 */
@Injectable()
export class RunAuthorizationChecksStep implements Step, OnModuleInit {
  #checks: readonly AuthorizationCheck[] = [];

  constructor(private readonly providers: DecoratedProviders) {}

  onModuleInit(): void {
    this.#checks = this.providers.with<true, AuthorizationCheck>(AUTHORIZATION_CHECK).map(({ provider }) => provider);
  }

  async run({ request, client, endUser, parameters, scopes }: Context): Promise<{ granted: GrantedAccess }> {
    const address = request.ip ?? '';
    let granted: GrantedAccess = { scopes };
    for (const check of this.#checks) {
      const changed = await check.check({ client, endUser, parameters, granted, address });
      const [foreign] = scopesBeyond(changed?.scopes ?? [], granted.scopes);
      if (foreign !== undefined)
        throw new Error(`${check.constructor.name} grants ${foreign}, which was not requested`);
      granted = { ...granted, ...changed, scopes: changed?.scopes ?? granted.scopes };
    }
    if (granted.scopes.length > 0) return { granted };
    throw new AccessDeniedError({ description: 'Nothing of what the request asks for may be granted' });
  }
}

interface Context extends Incoming, Omit<AuthorizationRequest, 'granted' | 'address'> {
  readonly scopes: readonly string[];
}
