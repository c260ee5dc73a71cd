import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DecoratedProviders } from '../../../common/extension/decorated-providers.js';
import type { GrantedAccess } from '../../storage/granted-access.js';
import { AUTHORIZATION_CHECK, type AuthorizationCheck, type AuthorizationRequest } from '../authorization-check.js';
import type { Incoming, Step } from '../step.js';

/**
 * Makes the access that will be granted: the requested scopes, and the members that `@AuthorizationCheck()` classes
 * add.
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
      granted = { ...granted, ...(await check.check({ client, endUser, parameters, granted, address })), scopes };
    }
    return { granted };
  }
}

interface Context extends Incoming, Omit<AuthorizationRequest, 'granted' | 'address'> {
  readonly scopes: readonly string[];
}
