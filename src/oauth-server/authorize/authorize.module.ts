import { Module } from '@nestjs/common';

/** The authorization endpoint with its steps, response types and response modes. */
@Module({})
export class AuthorizeModule {}
