import { Injectable } from '@nestjs/common';
import { Events } from '../../../common/events/events.js';
import { Paths } from '../../../common/http/paths.js';
import { Clock } from '../../../common/time/clock.js';
import { LinkedAccountRepository } from '../../../users/linked-account/linked-account.repository.js';
import { TokenVault } from '../../../users/linked-account/token-vault.js';
import { EndUserSession, type SignedInEndUser } from '../../../users/session/end-user-session.js';
import { normalEmail } from '../../../users/user/email-address.js';
import { UserStore } from '../../../users/user/user-store.js';
import { type LoginAttempt, startPath } from '../flow/login-attempt.js';
import { LoginFailure } from '../login-failure.js';
import type { LinkableIdentity, RemoteIdentity } from '../profile/remote-identity.js';

/**
 * The subject of the end user to sign in, or the question to the end user who is signed in whether the identity is to
 * be linked.
 */
export type RemoteSignInOutcome = { readonly subject: string } | { readonly mustAsk: true };

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
    private readonly vault: TokenVault,
    private readonly clock: Clock,
    private readonly paths: Paths,
    private readonly events: Events,
  ) {}

  /**
   * Decides on an identity that a provider has just confirmed. Raises LoginFailure (account_exists, linked_elsewhere,
   * account_disabled), and has then linked nothing.
   */
  async resolve(
    attempt: LoginAttempt,
    identity: RemoteIdentity,
    endUser: SignedInEndUser | undefined,
  ): Promise<RemoteSignInOutcome> {
    if (endUser === undefined) return { subject: await this.#signIn(attempt, identity) };
    const owner = await this.accounts.ownerOf(identity);
    if (owner === undefined && !(await this.#hasAddress(endUser, identity.verifiedEmail))) return { mustAsk: true };
    if (owner === undefined) return { subject: await this.link(attempt, identity, endUser.subject) };
    return { subject: await this.#keep(attempt, identity, endUser.subject) };
  }

  /** Links an identity to the end user who is signed in and has agreed. Raises LoginFailure (linked_elsewhere). */
  async link(attempt: LoginAttempt, identity: LinkableIdentity, subject: string): Promise<string> {
    await this.#keep(attempt, identity, subject);
    this.events.emit({ type: 'account.linked', subject, provider: attempt.app.name });
    return subject;
  }

  /**
   * Links an identity to the end user, or notes the visit of one that is linked, and keeps the provider's claims and
   * tokens.
   */
  async #keep(attempt: LoginAttempt, identity: LinkableIdentity, subject: string): Promise<string> {
    const account = { ...identity, provider: attempt.app.name };
    const isTheirs = await this.accounts.link(account, subject, this.clock.now());
    if (!isTheirs) {
      const detail = 'the identity is linked to another account than the one that is signed in';
      throw new LoginFailure('linked_elsewhere', attempt, detail);
    }
    await this.vault.keep(identity, identity.tokens);
    return subject;
  }

  async #signIn(attempt: LoginAttempt, identity: RemoteIdentity): Promise<string> {
    const owner = await this.accounts.ownerOf(identity);
    if (owner === undefined) return this.#signUp(attempt, identity);
    if ((await this.users.findById(owner)) === undefined) {
      throw new LoginFailure('account_disabled', attempt, 'the identity is linked to a disabled account');
    }
    return this.#keep(attempt, identity, owner);
  }

  async #signUp(attempt: LoginAttempt, identity: RemoteIdentity): Promise<string> {
    const { claims, verifiedEmail: email } = identity;
    const account = { ...identity, provider: attempt.app.name };
    const newUser = { email: email && normalEmail(email), emailVerified: email !== undefined, claims };
    const owner = await this.accounts.linkNew(account, this.clock.now(), async ({ manager }) => {
      return (await this.users.create(newUser, manager))?.id;
    });
    if (owner === undefined) {
      const returnTo = startPath(this.paths, attempt);
      const signInHref = this.endUsers.signInUrl({ returnTo, reason: 'sign-in', loginHint: email });
      const detail = 'the e-mail address has an account that this identity is not linked to';
      throw new LoginFailure('account_exists', attempt, detail, { email: email ?? '', signInHref });
    }
    await this.vault.keep(identity, identity.tokens);
    this.events.emit({ type: 'account.linked', subject: owner, provider: account.provider });
    return owner;
  }

  /**
   * True when the end user has this e-mail address, verified here as well. An account with an address that was only
   * claimed proves nothing.
   */
  async #hasAddress({ subject }: SignedInEndUser, verifiedEmail: string | undefined): Promise<boolean> {
    const user = verifiedEmail === undefined ? undefined : await this.users.findById(subject);
    if (user?.email === undefined || verifiedEmail === undefined) return false;
    return user.emailVerified && normalEmail(user.email) === normalEmail(verifiedEmail);
  }
}
