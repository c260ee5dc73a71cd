import { Injectable } from '@nestjs/common';
import { Events } from '../../../common/events/events.js';
import { LinkedAccountRepository } from '../../../users/linked-account/linked-account.repository.js';
import { RemoteRevocationRepository } from '../../../users/linked-account/remote-revocation.repository.js';
import { type RemoteSubject, TokenVault } from '../../../users/linked-account/token-vault.js';
import { UserStore } from '../../../users/user/user-store.js';
import { SignInOptions } from '../../sign-in/sign-in.options.js';
import { RemoteAppRegistry } from '../remote-app-registry.js';
import { RemoteRevocations } from './remote-revocations.js';

/** Unlinks accounts at providers, and has their tokens taken back there. */
@Injectable()
export class Unlinking {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly accounts: LinkedAccountRepository,
    private readonly outbox: RemoteRevocationRepository,
    private readonly revocations: RemoteRevocations,
    private readonly vault: TokenVault,
    private readonly users: UserStore,
    private readonly options: SignInOptions,
    private readonly events: Events,
  ) {}

  /**
   * Unlinks an account of an end user. `last`, with nothing done, where it is the only way in; `unknown` where it is not
   * theirs. That the tokens are to be taken back is written in the same transaction.
   */
  async unlink(account: RemoteSubject, owner: string): Promise<'unlinked' | 'last' | 'unknown'> {
    const user = await this.users.findById(owner);
    const hasPassword = this.options.password && user?.email !== undefined && user.passwordHash !== undefined;
    const tokens = await this.vault.find(account);
    // An account at a provider that is configured no more lets nobody in.
    const providers = this.apps.all().map(({ name }) => name);
    const outcome = await this.accounts.unlink(
      account,
      owner,
      hasPassword,
      providers,
      async ({ provider }, transaction) => {
        if (tokens !== undefined) await this.outbox.add(provider, tokens, transaction);
      },
    );
    if (typeof outcome === 'string') return outcome;
    await this.vault.remove(account);
    this.events.emit({ type: 'account.unlinked', subject: owner, provider: outcome.provider });
    this.revocations.askSoon();
    return 'unlinked';
  }
}
