import { Global, Module, type NestModule } from '@nestjs/common';
import { type AbstractHttpAdapter, DiscoveryModule, HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { CommonOptions } from './config/common.options.js';
import { ClockMiddleware } from './database/clock.middleware.js';
import { DatabaseOptions } from './database/database.options.js';
import { DatabaseClock } from './database/database-clock.js';
import { DatabaseSchema } from './database/database-schema.js';
import { OWN_DATA_SOURCE } from './database/own-data-source.js';
import { PartitionKeeper } from './database/partition-keeper.js';
import { PostgresNotifications } from './database/postgres-notifications.js';
import { PreparedSql } from './database/prepared-sql.js';
import { Resealing } from './database/resealing.js';
import { EventLog } from './events/event-log.js';
import { replaceable } from './extension/replaceable.js';
import { GroundModule } from './ground.module.js';
import { NoSniffMiddleware } from './http/no-sniff.middleware.js';
import { RouteClashes } from './http/route-clashes.js';
import { UntrustedForwarding } from './http/untrusted-forwarding.js';
import { Memories } from './memory/memories.js';
import { OutgoingFetch } from './outgoing/outgoing-fetch.js';
import { Clock } from './time/clock.js';

const provided = [Memories, OutgoingFetch, PartitionKeeper, PostgresNotifications, Resealing];

const EXPRESS_ONLY =
  'Gatehouse runs on @nestjs/platform-express alone: create the application without FastifyAdapter, or serve Gatehouse by an application of its own.';

/** The ground that all modules stand on: clock, prepared SQL, notifications, partitions, outgoing calls, and what needs no database. */
@Global()
@Module({
  imports: [DiscoveryModule, GroundModule],
  providers: [
    {
      provide: DatabaseSchema,
      useFactory: (options: CommonOptions) => new DatabaseSchema(options.schema),
      inject: [CommonOptions],
    },
    { provide: PreparedSql, useFactory: PreparedSql.open, inject: [OWN_DATA_SOURCE, DatabaseSchema, DatabaseOptions] },
    ClockMiddleware,
    EventLog,
    NoSniffMiddleware,
    RouteClashes,
    UntrustedForwarding,
    ...replaceable(Clock, {
      provide: DatabaseClock,
      useFactory: DatabaseClock.open,
      inject: [PreparedSql, OWN_DATA_SOURCE],
    }),
    ...provided,
  ],
  exports: [Clock, DatabaseClock, DatabaseSchema, GroundModule, PreparedSql, ...provided],
})
export class CommonModule implements NestModule {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly clock: ClockMiddleware,
    private readonly noSniff: NoSniffMiddleware,
  ) {}

  /** Mounts on the adapter itself: middleware that Nest binds to every route costs a match of its pattern a request. */
  configure(): void {
    const adapter = this.host.httpAdapter as AbstractHttpAdapter | undefined;
    if (adapter?.getType() === 'fastify') throw new Error(EXPRESS_ONLY);
    adapter?.use((request: Request, response: Response, next: NextFunction) => {
      this.noSniff.use(request, response, () => this.clock.use(request, response, next));
    });
  }
}
