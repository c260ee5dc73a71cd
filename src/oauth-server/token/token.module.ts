import { Module } from '@nestjs/common';

/** The token endpoint with its grants, client authentication methods and token formats. */
@Module({})
export class TokenModule {}
