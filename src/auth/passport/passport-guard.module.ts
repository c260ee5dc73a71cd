import { Module } from '@nestjs/common';
import { AccessTokenStrategy } from './access-token.strategy.js';

/**
 * Registers our strategy with passport, for applications that use AuthGuard. The module is no part of AuthModule,
 * because passport has one registry for the whole process.
 */
@Module({ providers: [AccessTokenStrategy] })
export class PassportGuardModule {}
