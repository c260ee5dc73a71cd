import { Module } from '@nestjs/common';

/** Signing in at other providers. */
@Module({})
export class LoginModule {}
