import { Module } from '@nestjs/common';

/** Introspection and the local access token verifier. */
@Module({})
export class IntrospectionModule {}
