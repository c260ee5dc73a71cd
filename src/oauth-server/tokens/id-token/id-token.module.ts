import { Module } from '@nestjs/common';
import { KeysModule } from '../../keys/keys.module.js';
import { IdTokens } from './id-tokens.js';

/** What tells a client who signed in. */
@Module({ imports: [KeysModule], providers: [IdTokens], exports: [IdTokens] })
export class IdTokenModule {}
