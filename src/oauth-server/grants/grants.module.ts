import { Module } from '@nestjs/common';
import { TokenModule } from '../token/token.module.js';
import { ClientCredentialsGrant } from './client-credentials.grant.js';

/** The built-in grant types. */
@Module({ imports: [TokenModule], providers: [ClientCredentialsGrant] })
export class GrantsModule {}
