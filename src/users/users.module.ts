import { Module } from '@nestjs/common';
import { replaceable } from '../common/ports/replaceable.js';
import { Argon2PasswordHasher } from './argon2-password-hasher.js';
import { LinkedAccountRepository } from './linked-account.repository.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordSignIn } from './password-sign-in.js';
import { PostgresSignInThrottle } from './postgres-sign-in-throttle.js';
import { PostgresUserStore } from './postgres-user-store.js';
import { SignInSessionRepository } from './sign-in-session.repository.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { UserStore } from './user-store.js';

/** People: who they are, how they prove it, where they are signed in. */
@Module({
  providers: [
    ...replaceable(UserStore, PostgresUserStore),
    ...replaceable(PasswordHasher, Argon2PasswordHasher),
    ...replaceable(SignInThrottle, PostgresSignInThrottle),
    LinkedAccountRepository,
    PasswordSignIn,
    SignInSessionRepository,
  ],
  exports: [
    UserStore,
    LinkedAccountRepository,
    PasswordHasher,
    SignInThrottle,
    PasswordSignIn,
    SignInSessionRepository,
  ],
})
export class UsersModule {}
