import { Global, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { AccessTokenVerifier } from '../../common/access-token-verifier.js';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { ClientAuthenticationModule } from '../client-authentication/client-authentication.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { RevocationFeedModule } from '../storage/revocation-feed.module.js';
import { TokenModule } from '../token-endpoint/token.module.js';
import { JwtAccessTokens } from '../tokens/formats/jwt-access-tokens.js';
import { OpaqueAccessTokens } from '../tokens/formats/opaque-access-tokens.js';
import { LocalAccessTokenVerifier } from '../tokens/local-access-token.verifier.js';
import { IntrospectionController } from './introspection.controller.js';
import { Introspection } from './introspection.js';

/** Introspection, and for the guards of every module the check of access tokens that this server issued. */
@Global()
@Module({
  imports: [ClientAuthenticationModule, KeysModule, RevocationFeedModule, TokenModule],
  controllers: [IntrospectionController],
  providers: [
    Introspection,
    JwtAccessTokens,
    LocalAccessTokenVerifier,
    OpaqueAccessTokens,
    { provide: AccessTokenVerifier, useExisting: LocalAccessTokenVerifier },
  ],
  exports: [AccessTokenVerifier, LocalAccessTokenVerifier, OpaqueAccessTokens],
})
export class IntrospectionModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FormBodyMiddleware).forRoutes(IntrospectionController);
  }
}
