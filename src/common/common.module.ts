import { Global, Module, type NestModule } from '@nestjs/common';
import { type AbstractHttpAdapter, DiscoveryModule, HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { CommonOptions } from './config/common.options.js';
import { Issuer } from './config/issuer.js';
import { KeyRing } from './crypto/key-ring.js';
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
import { Events } from './events/events.js';
import { ToldEvents } from './events/told-events.js';
import { DecoratedProviders } from './extension/decorated-providers.js';
import { Registries } from './extension/registries.js';
import { replaceable } from './extension/replaceable.js';
import { Cookies } from './http/cookies.js';
import { CsrfProtection } from './http/csrf-protection.js';
import { ErrorUris } from './http/error-uris.js';
import { NoSniffMiddleware } from './http/no-sniff.middleware.js';
import { Paths } from './http/paths.js';
import { UntrustedForwarding } from './http/untrusted-forwarding.js';
import { ReadableLog } from './log/readable-log.js';
import { Memories } from './memory/memories.js';
import { OutgoingFetch } from './outgoing/outgoing-fetch.js';
import { Clock } from './time/clock.js';

const provided = [
  Cookies,
  CsrfProtection,
  DecoratedProviders,
  ErrorUris,
  Memories,
  OutgoingFetch,
  PartitionKeeper,
  Paths,
  PostgresNotifications,
  ReadableLog,
  Registries,
  Resealing,
];

const EXPRESS_ONLY =
  'Gatehouse runs on @nestjs/platform-express alone: create the application without FastifyAdapter, or serve Gatehouse by an application of its own.';

/** The ground that all modules stand on: issuer, key ring, clock, prepared SQL, notifications, partitions, outgoing calls. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: Issuer,
      useFactory: (options: CommonOptions) => new Issuer(options.issuer),
      inject: [CommonOptions],
    },
    {
      provide: KeyRing,
      useFactory: (options: CommonOptions) => KeyRing.parse(options.secretKeys),
      inject: [CommonOptions],
    },
    {
      provide: DatabaseSchema,
      useFactory: (options: CommonOptions) => new DatabaseSchema(options.schema),
      inject: [CommonOptions],
    },
    { provide: PreparedSql, useFactory: PreparedSql.open, inject: [OWN_DATA_SOURCE, DatabaseSchema, DatabaseOptions] },
    { provide: Events, useClass: ToldEvents },
    ClockMiddleware,
    EventLog,
    NoSniffMiddleware,
    UntrustedForwarding,
    ...replaceable(Clock, {
      provide: DatabaseClock,
      useFactory: DatabaseClock.open,
      inject: [PreparedSql, OWN_DATA_SOURCE],
    }),
    ...provided,
  ],
  exports: [Issuer, KeyRing, Clock, DatabaseClock, DatabaseSchema, Events, PreparedSql, ...provided],
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
