import { Module } from '@nestjs/common';
import { SigningKeyRepository } from './signing-key.repository.js';
import { SigningKeys } from './signing-keys.js';

/** The keys that sign tokens. */
@Module({ providers: [SigningKeyRepository, SigningKeys], exports: [SigningKeys] })
export class KeysModule {}
