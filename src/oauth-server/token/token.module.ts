import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { CrossOriginMiddleware } from '../../common/cross-origin.middleware.js';
import { FormBodyMiddleware } from '../../common/form/form-body.middleware.js';
import { AuthorizationModule } from '../authorization/authorization.module.js';
import { ClientAuthenticationModule } from '../client-authentication/client-authentication.module.js';
import { IdTokenModule } from '../id-token/id-token.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { RevocationFeedModule } from '../revocation/revocation-feed.module.js';
import { AccessTokenRepository } from './access-token.repository.js';
import { GrantRegistry } from './grant-registry.js';
import { JwtTokenFormat } from './jwt.token-format.js';
import { OpaqueTokenFormat } from './opaque.token-format.js';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import { TokenController } from './token.controller.js';
import { TokenFamilyRepository } from './token-family.repository.js';
import { TokenFormatRegistry } from './token-format-registry.js';
import { TokenIssuer } from './token-issuer.js';
import { TokenLifetimes } from './token-lifetimes.js';
import { TokenMint } from './token-mint.js';

/** The token endpoint, the token formats, and the issuer that every grant issues by. */
@Module({
  imports: [AuthorizationModule, ClientAuthenticationModule, IdTokenModule, KeysModule, RevocationFeedModule],
  controllers: [TokenController],
  providers: [
    AccessTokenRepository,
    GrantRegistry,
    JwtTokenFormat,
    OpaqueTokenFormat,
    RefreshTokenRepository,
    TokenFamilyRepository,
    TokenFormatRegistry,
    TokenIssuer,
    TokenLifetimes,
    TokenMint,
  ],
  exports: [GrantRegistry, RefreshTokenRepository, TokenFamilyRepository, TokenIssuer, TokenLifetimes, TokenMint],
})
export class TokenModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CrossOriginMiddleware).forRoutes('oauth/token');
    consumer.apply(FormBodyMiddleware).forRoutes({ path: 'oauth/token', method: RequestMethod.POST });
  }
}
