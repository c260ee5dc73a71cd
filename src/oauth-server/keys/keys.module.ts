import { Module } from '@nestjs/common';

/** Signing keys, JWKS and id_tokens. */
@Module({})
export class KeysModule {}
