import { Module } from '@nestjs/common';
import { AuthorizeModule } from '../authorize/authorize.module.js';
import { TokenModule } from '../token/token.module.js';
import { AuthorizationCodeGrant } from './authorization-code.grant.js';
import { ClientCredentialsGrant } from './client-credentials.grant.js';
import { RefreshTokenGrant } from './refresh-token.grant.js';

/** The built-in grant types. */
@Module({
  imports: [AuthorizeModule, TokenModule],
  providers: [AuthorizationCodeGrant, ClientCredentialsGrant, RefreshTokenGrant],
})
export class GrantsModule {}
