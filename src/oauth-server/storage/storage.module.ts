import { Module } from '@nestjs/common';
import { AccessTokenRepository } from './access-token.repository.js';
import { AuthorizationRepository } from './authorization.repository.js';
import { AuthorizationCodeRepository } from './authorization-code.repository.js';
import { Authorizations } from './authorizations.js';
import { IssuingRepository } from './issuing.repository.js';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import { RevocationRepository } from './revocation.repository.js';
import { RevocationFeed } from './revocation-feed.js';
import { StorageKeeper } from './storage.keeper.js';
import { TokenCutoffRepository } from './token-cutoff.repository.js';
import { TokenCutoffs } from './token-cutoffs.js';
import { TokenFamilyRepository } from './token-family.repository.js';

const repositories = [
  AccessTokenRepository,
  AuthorizationCodeRepository,
  AuthorizationRepository,
  Authorizations,
  IssuingRepository,
  RefreshTokenRepository,
  RevocationFeed,
  TokenCutoffs,
  TokenFamilyRepository,
];

/** Authorizations and all that hangs from them: codes, families, refresh and access tokens, revocations. */
@Module({
  providers: [...repositories, RevocationRepository, StorageKeeper, TokenCutoffRepository],
  exports: repositories,
})
export class StorageModule {}
