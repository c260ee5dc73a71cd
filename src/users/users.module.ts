import { Module } from '@nestjs/common';
import { replaceable } from '../common/extension/replaceable.js';
import { LinkedAccountRepository } from './linked-account/linked-account.repository.js';
import { PostgresTokenVault } from './linked-account/postgres-token-vault.js';
import { RemoteRevocationRepository } from './linked-account/remote-revocation.repository.js';
import { TokenVault } from './linked-account/token-vault.js';
import { Argon2PasswordHasher } from './password/argon2-password-hasher.js';
import { CheckedPasswords } from './password/checked-passwords.js';
import { PasswordHasher } from './password/password-hasher.js';
import { PasswordSignIn } from './password/password-sign-in.js';
import { Passwords } from './password/passwords.js';
import { Sessions } from './session/sessions.js';
import { SignInSessionRepository } from './session/sign-in-session.repository.js';
import { LoginFailureRepository } from './throttle/login-failure.repository.js';
import { PostgresSignInThrottle } from './throttle/postgres-sign-in-throttle.js';
import { SignInThrottle } from './throttle/sign-in-throttle.js';
import { EndUsers } from './user/end-users.js';
import { PostgresUserStore } from './user/postgres-user-store.js';
import { UserStore } from './user/user-store.js';
import { UserRecords } from './user-records.js';
import { Users } from './users.js';

/** End users: their accounts, passwords, sign-in sessions and linked accounts. */
@Module({
  providers: [
    ...replaceable(UserStore, PostgresUserStore),
    ...replaceable(PasswordHasher, Argon2PasswordHasher),
    ...replaceable(SignInThrottle, PostgresSignInThrottle),
    ...replaceable(TokenVault, PostgresTokenVault),
    CheckedPasswords,
    EndUsers,
    LinkedAccountRepository,
    RemoteRevocationRepository,
    LoginFailureRepository,
    PasswordSignIn,
    Passwords,
    Sessions,
    SignInSessionRepository,
    UserRecords,
    Users,
  ],
  exports: [
    CheckedPasswords,
    UserStore,
    EndUsers,
    LinkedAccountRepository,
    RemoteRevocationRepository,
    PasswordHasher,
    Passwords,
    SignInThrottle,
    TokenVault,
    PasswordSignIn,
    Sessions,
    SignInSessionRepository,
    Users,
  ],
})
export class UsersModule {}
