import { Module } from '@nestjs/common';
import { Argon2PasswordHasher } from './argon2-password-hasher.js';
import { PasswordHasher } from './password-hasher.js';
import { PostgresUserStore } from './postgres-user-store.js';
import { UserStore } from './user-store.js';

/** People: who they are, how they prove it, where they are signed in. */
@Module({
  providers: [
    { provide: UserStore, useClass: PostgresUserStore },
    { provide: PasswordHasher, useClass: Argon2PasswordHasher },
  ],
  exports: [UserStore, PasswordHasher],
})
export class UsersModule {}
