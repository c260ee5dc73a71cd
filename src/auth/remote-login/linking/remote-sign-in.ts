import { Injectable } from '@nestjs/common';
import { Events } from '../../../common/events/events.js';
import { Clock } from '../../../common/time/clock.js';
import { LinkedAccountRepository } from '../../../users/linked-account/linked-account.repository.js';
import { TokenVault } from '../../../users/linked-account/token-vault.js';
import type { SignedInEndUser } from '../../../users/session/end-user-session.js';
import { normalEmail } from '../../../users/user/email-address.js';
import { UserStore } from '../../../users/user/user-store.js';
import type { LoginAttempt } from '../flow/login-attempt.js';
import { LoginFailure } from '../login-failure.js';
import type { LinkableIdentity, RemoteIdentity } from '../profile/remote-identity.js';

/**
 * The subject of the end user to sign in; or the question to the end user who is signed in whether the identity is to be
 * linked; or that the end user must first sign in to the account that has this e-mail address.
 */
export type RemoteSignInOutcome =
  | { readonly subject: string }
  | { readonly mustAsk: true }
  | { readonly mustProve: { readonly email: string } };

/**
 * Decides whose account an identity at a provider signs in to. An e-mail address alone never decides it: who holds the
 * address at a provider need not be who has the account here.
 */
@Injectable()
export class RemoteSignIn {
  constructor(
    private readonly accounts: LinkedAccountRepository,
    private readonly users: UserStore,
    private readonly vault: TokenVault,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  /**
   * Decides on an identity that a provider has just confirmed. Raises LoginFailure (not_admitted, linked_elsewhere,
   * account_disabled), and has then linked nothing.
   */
  async resolve(
    attempt: LoginAttempt,
    identity: RemoteIdentity,
    endUser: SignedInEndUser | undefined,
  ): Promise<RemoteSignInOutcome> {
    checkAdmitted(attempt, identity);
    if (endUser === undefined) return this.#signIn(attempt, identity);
    const owner = await this.accounts.ownerOf(identity);
    if (owner === undefined && !(await this.#hasAddress(endUser, identity.verifiedEmail))) return { mustAsk: true };
    if (owner === undefined) return { subject: await this.link(attempt, identity, endUser.subject) };
    return { subject: await this.#keep(attempt, identity, endUser.subject) };
  }

  /** Links an identity to the end user who is signed in and has agreed. Raises LoginFailure (linked_elsewhere). */
  async link(attempt: LoginAttempt, identity: LinkableIdentity, subject: string): Promise<string> {
    checkAdmitted(attempt, identity);
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
    const { verifiedEmail, issuer } = identity;
    if (verifiedEmail !== undefined) await this.#follow(subject, normalEmail(verifiedEmail), issuer);
    return subject;
  }

  /**
   * Brings an address that came from this provider up to date. Where the provider verified it for another of its
   * accounts before, it stops counting there.
   */
  async #follow(subject: string, email: string, issuer: string): Promise<void> {
    const user = await this.users.findById(subject);
    if (user === undefined || user.email === email) return;
    const holder = await this.users.findByEmail(email);
    if (holder !== undefined && holder.id !== subject) await this.users.releaseEmail(email, issuer);
    await this.users.followEmail(subject, email, issuer);
  }

  async #signIn(attempt: LoginAttempt, identity: RemoteIdentity): Promise<RemoteSignInOutcome> {
    const owner = await this.accounts.ownerOf(identity);
    if (owner === undefined) return this.#signUp(attempt, identity);
    if ((await this.users.findById(owner)) === undefined) {
      throw new LoginFailure('account_disabled', attempt, 'the identity is linked to a disabled account');
    }
    return { subject: await this.#keep(attempt, identity, owner) };
  }

  async #signUp(attempt: LoginAttempt, identity: RemoteIdentity): Promise<RemoteSignInOutcome> {
    if (attempt.app.admit === 'known') {
      throw new LoginFailure(
        'not_admitted',
        attempt,
        'the identity is linked to no account, and known ones alone may come in',
      );
    }
    const { claims, verifiedEmail: email } = identity;
    const account = { ...identity, provider: attempt.app.name };
    const normal = email && normalEmail(email);
    const newUser = {
      email: normal,
      emailVerified: email !== undefined,
      claims,
      emailSource: email && identity.issuer,
    };
    const create = () =>
      this.accounts.linkNew(account, this.clock.now(), async ({ manager }) => {
        return (await this.users.create(newUser, manager))?.id;
      });
    let owner = await create();
    const isReleased = owner === undefined && normal && (await this.users.releaseEmail(normal, identity.issuer));
    if (isReleased) owner = await create();
    if (owner === undefined) return { mustProve: { email: email ?? '' } };
    await this.vault.keep(identity, identity.tokens);
    this.events.emit({ type: 'account.linked', subject: owner, provider: account.provider });
    return { subject: owner };
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

/** Raises LoginFailure (not_admitted) for an identity without a verified address in one of the domains that may come in. */
function checkAdmitted(attempt: LoginAttempt, { verifiedEmail = '' }: LinkableIdentity): void {
  const { admit = 'anybody' } = attempt.app;
  if (typeof admit === 'string') return;
  const domain = normalEmail(verifiedEmail).split('@').at(-1) ?? '';
  if (verifiedEmail !== '' && admit.domains.includes(domain)) return;
  throw new LoginFailure('not_admitted', attempt, 'the provider has verified no address in a domain that may come in');
}
