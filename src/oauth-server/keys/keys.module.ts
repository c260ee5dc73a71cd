import { Module } from '@nestjs/common';
import { Keys } from './keys.js';
import { SigningKeyRepository } from './signing-key.repository.js';
import { SigningKeys } from './signing-keys.js';
import { TokenSigner } from './token-signer.js';

/** The keys that sign tokens. */
@Module({
  providers: [Keys, SigningKeyRepository, SigningKeys, TokenSigner],
  exports: [Keys, SigningKeys, TokenSigner],
})
export class KeysModule {}
