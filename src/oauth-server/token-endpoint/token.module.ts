import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { CrossOriginMiddleware } from '../../common/http/cross-origin.middleware.js';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthenticationModule } from '../client-authentication/client-authentication.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { AccessTokenRepository } from '../storage/access-token.repository.js';
import { AuthorizationModule } from '../storage/authorization.module.js';
import { RefreshTokenRepository } from '../storage/refresh-token.repository.js';
import { RevocationFeedModule } from '../storage/revocation-feed.module.js';
import { TokenFamilyRepository } from '../storage/token-family.repository.js';
import { JwtTokenFormat } from '../tokens/formats/jwt.token-format.js';
import { OpaqueTokenFormat } from '../tokens/formats/opaque.token-format.js';
import { IdTokenModule } from '../tokens/id-token/id-token.module.js';
import { TokenIssuer } from '../tokens/token-issuer.js';
import { TokenLifetimes } from '../tokens/token-lifetimes.js';
import { TokenMint } from '../tokens/token-mint.js';
import { TokenController } from './token.controller.js';

/** The token endpoint, the token formats, and the issuer that every grant issues by. */
@Module({
  imports: [AuthorizationModule, ClientAuthenticationModule, IdTokenModule, KeysModule, RevocationFeedModule],
  controllers: [TokenController],
  providers: [
    AccessTokenRepository,
    JwtTokenFormat,
    OpaqueTokenFormat,
    RefreshTokenRepository,
    TokenFamilyRepository,
    TokenIssuer,
    TokenLifetimes,
    TokenMint,
  ],
  exports: [RefreshTokenRepository, TokenFamilyRepository, TokenIssuer, TokenLifetimes, TokenMint],
})
export class TokenModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CrossOriginMiddleware).forRoutes(ROUTES.token);
    consumer.apply(FormBodyMiddleware).forRoutes({ path: ROUTES.token, method: RequestMethod.POST });
  }
}
