import { Module } from '@nestjs/common';
import { RevocationRepository } from './revocation.repository.js';
import { RevocationFeed } from './revocation-feed.js';

/** The feed by which every node hears of revocations. */
@Module({ providers: [RevocationRepository, RevocationFeed], exports: [RevocationFeed] })
export class RevocationFeedModule {}
