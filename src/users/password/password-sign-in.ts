import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Events } from '../../common/events/events.js';
import { type PasswordTryResult, SignInThrottle } from '../throttle/sign-in-throttle.js';
import { normalEmail } from '../user/email-address.js';
import type { User } from '../user/user.js';
import { UserStore } from '../user/user-store.js';
import { TooMuchWorkError } from './bounded-work.js';
import { Passwords } from './passwords.js';

/**
 * The outcome of an e-mail address and a password: an end user, nobody, or no answer yet, because of too many failures
 * or because the server has too many passwords to hash.
 */
export type PasswordSignInResult =
  | { readonly outcome: 'signed-in'; readonly user: User }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled' | 'busy'; readonly retryAfterSeconds: number };

/** The origin of a password. */
export interface PasswordOrigin {
  /** The address that the request came from. */
  readonly address: string;
  /**
   * The name of the browser, if somebody has signed in to this end user's account by it before; left out where no
   * browser takes part.
   */
  readonly knownBrowserOf?: (user: User) => string | undefined;
}

/**
 * How long a password that finds no room is kept waiting before anything is done for it. Whoever sends the next one when
 * the last is answered is slowed down by it, where an answer at once would be a flood of answers.
 */
const PATIENCE_MILLISECONDS = 1000;

/** The answer where too many passwords wait. Those will have been looked at when the end user tries again. */
const BUSY: PasswordSignInResult = { outcome: 'busy', retryAfterSeconds: 1 };

/** Checks passwords without telling, by words or by time, who has an account. */
@Injectable()
export class PasswordSignIn {
  constructor(
    private readonly users: UserStore,
    private readonly passwords: Passwords,
    private readonly throttle: SignInThrottle,
    private readonly events: Events,
  ) {}

  /** Looks for the end user of this address and password. */
  async verify(email: string, password: string, origin: PasswordOrigin): Promise<PasswordSignInResult> {
    if (!this.passwords.hasRoom) await delay(PATIENCE_MILLISECONDS);
    if (!this.passwords.hasRoom) return BUSY;
    const account = normalEmail(email);
    const user = await this.users.findByEmail(account);
    const knownBrowser = user && origin.knownBrowserOf?.(user);
    const tried = { account, address: origin.address, knownBrowser };
    try {
      const result = await this.throttle.attempt(tried, () => this.passwords.verify(password, user?.passwordHash));
      return this.#tell(result, user, origin.address);
    } catch (error) {
      if (error instanceof TooMuchWorkError) return BUSY;
      throw error;
    }
  }

  #tell(result: PasswordTryResult, user: User | undefined, address: string): PasswordSignInResult {
    if (result.outcome === 'throttled') {
      this.events.emit({
        type: 'sign_in.throttled',
        subject: user?.id,
        address,
        retryAfterSeconds: result.retryAfterSeconds,
      });
      return result;
    }
    if (user !== undefined && result.outcome === 'right') return { outcome: 'signed-in', user };
    const reason = user === undefined ? 'unknown_account' : 'wrong_password';
    this.events.emit({ type: 'sign_in.failed', subject: user?.id, address, reason });
    return { outcome: 'refused' };
  }
}
