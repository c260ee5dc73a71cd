import { Injectable } from '@nestjs/common';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import { OutgoingFetchError } from '../../../common/outgoing/outgoing-fetch.error.js';
import { LinkedAccountRepository } from '../../../users/linked-account/linked-account.repository.js';
import type { LoginAttempt } from '../flow/login-attempt.js';
import { callFailure, LoginFailure } from '../login-failure.js';
import { readIdentity } from '../profile/read-identity.js';
import type { RemoteIdentity } from '../profile/remote-identity.js';
import { LoginProtocol, type LoginProtocolHandler } from '../protocols/login-protocol.js';
import { RemoteAppRegistry } from '../remote-app-registry.js';
import { FreshTokens } from './fresh-tokens.js';
import { LinkedAccess } from './linked-access.js';

/** What a provider says now about an end user, with the tokens of their linked account. */
export type PresentProfile = Pick<RemoteIdentity, 'subject' | 'claims' | 'verifiedEmail'> & { readonly label: string };

/** Asks providers for the user info of end users whose accounts are linked. */
@Injectable()
export class RemoteProfiles {
  readonly #protocols: Registry<LoginProtocolHandler>;

  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly accounts: LinkedAccountRepository,
    private readonly fresh: FreshTokens,
    private readonly access: LinkedAccess,
    registries: Registries,
  ) {
    this.#protocols = registries.of(LoginProtocol);
  }

  /**
   * The user info of an end user, with tokens that are refreshed where the provider takes them no more. Raises
   * LoginFailure: unknown_provider, link_required, reauth_required, or that of the call.
   */
  async of(userId: string, provider: string): Promise<PresentProfile> {
    const app = this.apps.find(provider);
    const attempt = this.access.attempt(app);
    const account = await this.accounts.ofEndUser(userId, provider);
    if (account === undefined) {
      const detail = 'the end user has no account there';
      throw new LoginFailure('link_required', attempt, detail, this.access.factsOf(attempt));
    }
    const tokens = await this.fresh.of(app, account);
    const ask = this.#protocols.find(app.protocol)?.profile?.bind(this.#protocols.find(app.protocol));
    if (ask === undefined) throw new LoginFailure('profile_unusable', attempt, `${app.protocol} has no user info`);
    const told = await ask(app, tokens, attempt).catch(async (error: unknown) => {
      const isRefused = error instanceof LoginFailure && error.code === 'profile_unusable';
      if (!isRefused || tokens.refreshToken === undefined) throw failureOf(attempt, error);
      const others = await this.fresh.insteadOf(app, account, tokens);
      return ask(app, others, attempt).catch((again: unknown) => {
        throw failureOf(attempt, again);
      });
    });
    const { subject, claims, verifiedEmail } = readIdentity(attempt, told);
    return { label: app.label, subject, claims, verifiedEmail };
  }
}

function failureOf(attempt: LoginAttempt, error: unknown): unknown {
  return error instanceof OutgoingFetchError ? callFailure(attempt, error) : error;
}
