import { Global, Module } from '@nestjs/common';
import { AccessTokenVerifier } from '../../common/access-token-verifier.js';
import { Claims } from '../claims/claims.js';
import { KeysModule } from '../keys/keys.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { JwtTokenFormat } from './formats/jwt.token-format.js';
import { OpaqueTokenFormat } from './formats/opaque.token-format.js';
import { TokenFormats } from './formats/token-format.js';
import { IdTokenMetadata } from './id-token/id-token.metadata.js';
import { IdTokens } from './id-token/id-tokens.js';
import { LocalAccessTokenVerifier } from './local-access-token.verifier.js';
import { TokenIssuer } from './token-issuer.js';
import { TokenLifetimes } from './token-lifetimes.js';

/**
 * The ground that the endpoints stand on: how tokens are issued, written, read and verified. Global, since the guards of
 * every module ask for the AccessTokenVerifier, and grants of every module for the TokenIssuer.
 */
@Global()
@Module({
  imports: [KeysModule, StorageModule],
  providers: [
    Claims,
    IdTokenMetadata,
    IdTokens,
    JwtTokenFormat,
    LocalAccessTokenVerifier,
    OpaqueTokenFormat,
    TokenFormats,
    TokenIssuer,
    TokenLifetimes,
    { provide: AccessTokenVerifier, useExisting: LocalAccessTokenVerifier },
  ],
  exports: [
    AccessTokenVerifier,
    Claims,
    IdTokens,
    KeysModule,
    LocalAccessTokenVerifier,
    StorageModule,
    TokenIssuer,
    TokenLifetimes,
  ],
})
export class TokensModule {}
