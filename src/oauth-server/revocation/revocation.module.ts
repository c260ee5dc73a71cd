import { Module } from '@nestjs/common';
import { RevocationRepository } from './revocation.repository.js';
import { RevocationFeed } from './revocation-feed.js';

/** Revocation and the feed by which every node hears of it. */
@Module({ providers: [RevocationRepository, RevocationFeed], exports: [RevocationFeed] })
export class RevocationModule {}
