import { Module } from '@nestjs/common';

/** Sign-in and sign-out pages, sessions and the session guard. */
@Module({})
export class SignInModule {}
