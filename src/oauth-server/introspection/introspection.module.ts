import { Global, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { AccessTokenVerifier } from '../../common/access-token-verifier.js';
import { FormBodyMiddleware } from '../../common/form/form-body.middleware.js';
import { ClientAuthenticationModule } from '../client-authentication/client-authentication.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { RevocationFeedModule } from '../revocation/revocation-feed.module.js';
import { TokenModule } from '../token/token.module.js';
import { IntrospectionController } from './introspection.controller.js';
import { Introspection } from './introspection.js';
import { JwtAccessTokens } from './jwt-access-tokens.js';
import { LocalAccessTokenVerifier } from './local-access-token.verifier.js';
import { OpaqueAccessTokens } from './opaque-access-tokens.js';

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
