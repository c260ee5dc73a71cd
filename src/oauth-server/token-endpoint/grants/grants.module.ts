import { Module } from '@nestjs/common';
import { UsersModule } from '../../../users/users.module.js';
import { AuthorizeModule } from '../../authorization-endpoint/authorize.module.js';
import { TokenModule } from '../token.module.js';
import { AuthorizationCodeGrant } from './authorization-code.grant.js';
import { ClientCredentialsGrant } from './client-credentials.grant.js';
import { PasswordGrant } from './password.grant.js';
import { RefreshTokenGrant } from './refresh-token.grant.js';

/** The built-in grant types. */
@Module({
  imports: [AuthorizeModule, TokenModule, UsersModule],
  providers: [AuthorizationCodeGrant, ClientCredentialsGrant, PasswordGrant, RefreshTokenGrant],
})
export class GrantsModule {}
