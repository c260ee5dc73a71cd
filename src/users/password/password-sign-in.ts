import { Injectable } from '@nestjs/common';
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
  ) {}

  /** Takes the address from which the request came, for the throttle. */
  async verify(email: string, password: string, address: string): Promise<PasswordSignInResult> {
    const { retryAfterSeconds, succeed } = await this.throttle.begin(email, address);
    if (retryAfterSeconds !== undefined) return { outcome: 'throttled', retryAfterSeconds };
    const user = await this.users.findByEmail(email);
    const matches = await this.hasher.verify(password, user?.passwordHash);
    if (user === undefined || !matches) return { outcome: 'refused' };
    await succeed();
    return { outcome: 'signed-in', user };
  }
}
