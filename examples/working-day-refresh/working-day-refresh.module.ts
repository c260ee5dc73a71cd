import { Module } from '@nestjs/common';
import { WorkingDayRefreshGrant } from './working-day-refresh.grant.js';

/** The built-in grants can be injected everywhere. */
@Module({ providers: [WorkingDayRefreshGrant] })
export class WorkingDayRefreshModule {}
