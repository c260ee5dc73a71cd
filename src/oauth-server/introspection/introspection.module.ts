import { Global, Module } from '@nestjs/common';
import { AccessTokenVerifier } from '../../common/access-token-verifier.js';
import { KeysModule } from '../keys/keys.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { JwtAccessTokens } from './jwt-access-tokens.js';
import { LocalAccessTokenVerifier } from './local-access-token.verifier.js';
import { OpaqueAccessTokens } from './opaque-access-tokens.js';

/** Introspection, and for the guards of every module the check of access tokens that this server issued. */
@Global()
@Module({
  imports: [KeysModule, RevocationModule],
  providers: [
    JwtAccessTokens,
    OpaqueAccessTokens,
    LocalAccessTokenVerifier,
    { provide: AccessTokenVerifier, useExisting: LocalAccessTokenVerifier },
  ],
  exports: [AccessTokenVerifier],
})
export class IntrospectionModule {}
