import { Module } from '@nestjs/common';
import { KeysModule } from '../../oauth-server/keys/keys.module.js';
import { ClockCheck } from './clock.check.js';
import { DatabaseCheck } from './database.check.js';
import { HealthController } from './health.controller.js';
import { MigrationsCheck } from './migrations.check.js';
import { PartitionsCheck } from './partitions.check.js';
import { Readiness } from './readiness.js';
import { ServerState } from './server-state.js';
import { SigningKeyCheck } from './signing-key.check.js';

/** /health/live and /health/ready. */
@Module({
  imports: [KeysModule],
  controllers: [HealthController],
  providers: [ClockCheck, DatabaseCheck, MigrationsCheck, PartitionsCheck, Readiness, ServerState, SigningKeyCheck],
})
export class HealthModule {}
