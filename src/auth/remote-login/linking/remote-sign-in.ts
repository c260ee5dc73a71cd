import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { Clock } from '../../../common/time/clock.js';
import {
  type LinkedAccount,
  LinkedAccountRepository,
} from '../../../users/linked-account/linked-account.repository.js';
import { EndUserSession, type SignedInEndUser } from '../../../users/session/end-user-session.js';
import { UserStore } from '../../../users/user/user-store.js';
import { AccountDisabledError } from '../errors/account-disabled.error.js';
import { EmailHasAccountError } from '../errors/email-has-account.error.js';
import { LinkedElsewhereError } from '../errors/linked-elsewhere.error.js';
import { startPath } from '../errors/try-again.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import type { RemoteIdentity } from '../profile/remote-identity.js';

/** Who is signed in by it; or the account that the person is to link to who is signed in, after being asked. */
export type RemoteSignInOutcome = { readonly userId: string } | { readonly toLink: LinkedAccount };

/**
 * Decides whose account an identity at a provider signs in to. An e-mail address alone never decides it: who holds the
 * address at a provider need not be who has the account here.
 */
@Injectable()
export class RemoteSignIn {
  constructor(
    private readonly accounts: LinkedAccountRepository,
    private readonly users: UserStore,
    private readonly endUsers: EndUserSession,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Raises EmailHasAccountError, LinkedElsewhereError or AccountDisabledError, and has then changed nothing. */
  async settle(
    attempt: LoginAttempt,
    identity: RemoteIdentity,
    endUser: SignedInEndUser | undefined,
  ): Promise<RemoteSignInOutcome> {
    const account = this.#accountOf(attempt, identity);
    if (endUser === undefined) return { userId: await this.#signIn(attempt, account, identity.verifiedEmail) };
    const owner = await this.accounts.ownerOf(account.issuer, account.subject);
    if (owner === undefined && !(await this.#hasAddress(endUser, identity.verifiedEmail))) return { toLink: account };
    return { userId: await this.link(attempt, account, endUser.userId) };
  }

  /** Links an identity to a person who is signed in and wants it. Raises LinkedElsewhereError. */
  async link(attempt: LoginAttempt, account: LinkedAccount, userId: string): Promise<string> {
    const isTheirs = await this.accounts.link(account, userId, this.clock.now());
    if (!isTheirs) throw new LinkedElsewhereError(attempt);
    return userId;
  }

  async #signIn(attempt: LoginAttempt, account: LinkedAccount, verifiedEmail: string | undefined): Promise<string> {
    const owner = await this.accounts.signIn(account, verifiedEmail, this.clock.now());
    if (owner === undefined) {
      const returnTo = startPath(attempt);
      const href = this.endUsers.signInUrl({ returnTo, reason: 'sign-in', loginHint: verifiedEmail });
      throw new EmailHasAccountError(attempt, verifiedEmail ?? '', href);
    }
    if (owner.isDisabled) throw new AccountDisabledError(attempt);
    return owner.userId;
  }

  /** Both sides must have verified it: an account with an address that was only claimed proves nothing. */
  async #hasAddress({ userId }: SignedInEndUser, verifiedEmail: string | undefined): Promise<boolean> {
    const user = verifiedEmail === undefined ? undefined : await this.users.findById(userId);
    return user?.emailVerified === true && user.email === verifiedEmail?.toLowerCase();
  }

  #accountOf({ app }: LoginAttempt, { issuer, subject, claims, tokens }: RemoteIdentity): LinkedAccount {
    const context = `linked account:${JSON.stringify([issuer, subject])}`;
    const sealedTokens = this.keys.seal(JSON.stringify(tokens), context);
    return { issuer, subject, provider: app.name, claims, sealedTokens };
  }
}
