import { Module } from '@nestjs/common';
import { Keys } from './keys.js';
import { SigningKeyRepository } from './signing-key.repository.js';
import { SigningKeys } from './signing-keys.js';

/** The keys that sign tokens. */
@Module({ providers: [Keys, SigningKeyRepository, SigningKeys], exports: [Keys, SigningKeys] })
export class KeysModule {}
