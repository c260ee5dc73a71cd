import { Module } from '@nestjs/common';
import { AuthorizationRepository } from './authorization.repository.js';
import { RevocationFeedModule } from './revocation-feed.module.js';

/** What end users allow which clients. */
@Module({ imports: [RevocationFeedModule], providers: [AuthorizationRepository], exports: [AuthorizationRepository] })
export class AuthorizationModule {}
