import { Injectable } from '@nestjs/common';
import { Events } from '../../common/events/events.js';
import { SignInThrottle } from '../throttle/sign-in-throttle.js';
import type { User } from '../user/user.js';
import { UserStore } from '../user/user-store.js';
import { PasswordHasher } from './password-hasher.js';

/** What came of an e-mail address and a password: a person, nobody, or nothing yet because of too many failures. */
export type PasswordSignInResult =
  | { readonly outcome: 'signed-in'; readonly user: User }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Checks passwords without telling, by words or by time, who has an account. */
@Injectable()
export class PasswordSignIn {
  constructor(
    private readonly users: UserStore,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly events: Events,
  ) {}

  /** Takes the address from which the request came, for the throttle. */
  async verify(email: string, password: string, address: string): Promise<PasswordSignInResult> {
    const { retryAfterSeconds, succeed } = await this.throttle.begin(email, address);
    if (retryAfterSeconds !== undefined) {
      this.events.emit({ type: 'sign_in.throttled', retryAfterSeconds });
      return { outcome: 'throttled', retryAfterSeconds };
    }
    const user = await this.users.findByEmail(email);
    const matches = await this.hasher.verify(password, user?.passwordHash);
    if (user === undefined || !matches) {
      const reason = user === undefined ? 'unknown_account' : 'wrong_password';
      this.events.emit({ type: 'sign_in.failed', subject: user?.id, reason });
      return { outcome: 'refused' };
    }
    await succeed();
    return { outcome: 'signed-in', user };
  }
}
