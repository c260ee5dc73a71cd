import { Module } from '@nestjs/common';
import { TokenModule } from 'gatehouse';
import { WorkingDayRefreshGrant } from './working-day-refresh.grant.js';

/** The token module exports the built-in grants. */
@Module({ imports: [TokenModule], providers: [WorkingDayRefreshGrant] })
export class WorkingDayRefreshModule {}
