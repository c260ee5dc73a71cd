import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { CrossOriginMiddleware } from '../../common/http/cross-origin.middleware.js';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { UsersModule } from '../../users/users.module.js';
import { ClientAuthenticationModule } from '../client-authentication/client-authentication.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { AuthorizationCodeGrant } from './grants/authorization-code.grant.js';
import { ClientCredentialsGrant } from './grants/client-credentials.grant.js';
import { PasswordGrant } from './grants/password.grant.js';
import { RefreshTokenGrant } from './grants/refresh-token.grant.js';
import { TokenController } from './token.controller.js';
import { TokenMetadata } from './token.metadata.js';

const grants = [AuthorizationCodeGrant, ClientCredentialsGrant, PasswordGrant, RefreshTokenGrant];

/**
 * The token endpoint with its built-in grants; a module with a grant of yours that is composed of a built-in one
 * imports this module.
 */
@Module({
  imports: [ClientAuthenticationModule, TokensModule, UsersModule],
  controllers: [TokenController],
  providers: [...grants, TokenMetadata],
  exports: grants,
})
export class TokenModule implements NestModule {
  constructor(private readonly paths: Paths) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CrossOriginMiddleware).forRoutes(this.paths.belowPrefix(ROUTES.token));
    consumer
      .apply(FormBodyMiddleware)
      .forRoutes({ path: this.paths.belowPrefix(ROUTES.token), method: RequestMethod.POST });
  }
}
