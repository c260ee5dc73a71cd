import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { checkCommonOptions } from './check-common-options.js';
import { Clock } from './clock.js';
import { COMMON_OPTIONS, CommonModuleBase, type CommonOptions } from './common.options.js';
import { Cookies } from './cookies.js';
import { CsrfProtection } from './csrf-protection.js';
import { PartitionKeeper } from './database/partition-keeper.js';
import { PostgresNotifications } from './database/postgres-notifications.js';
import { PreparedSql } from './database/prepared-sql.js';
import { DecoratedProviders } from './discovery/decorated-providers.js';
import { Issuer } from './issuer.js';
import { KeyRing } from './key-ring.js';
import { replaceable } from './ports/replaceable.js';
import { SystemClock } from './system-clock.js';

const provided = [Cookies, CsrfProtection, DecoratedProviders, PartitionKeeper, PostgresNotifications, PreparedSql];

/** The ground that all modules stand on: issuer, key ring, clock, prepared SQL, notifications, partitions. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: Issuer,
      useFactory: (options: CommonOptions) => new Issuer(checkCommonOptions(options).issuer),
      inject: [COMMON_OPTIONS],
    },
    {
      provide: KeyRing,
      useFactory: (options: CommonOptions) => KeyRing.parse(checkCommonOptions(options).secretKeys),
      inject: [COMMON_OPTIONS],
    },
    ...replaceable(Clock, SystemClock),
    ...provided,
  ],
  exports: [Issuer, KeyRing, Clock, ...provided],
})
export class CommonModule extends CommonModuleBase {}
