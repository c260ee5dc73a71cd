import { Module } from '@nestjs/common';

/** The userinfo endpoint and the claims behind scopes. */
@Module({})
export class UserinfoModule {}
