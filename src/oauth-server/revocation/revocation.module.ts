import { Module } from '@nestjs/common';

/** Revocation and the feed by which every node hears of it. */
@Module({})
export class RevocationModule {}
