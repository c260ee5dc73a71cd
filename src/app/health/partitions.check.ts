import { Injectable } from '@nestjs/common';
import { PartitionKeeper } from '../../common/database/partition-keeper.js';
import type { HealthCheck } from './health-check.js';

/** Every expiring table has the partition into which a row of now goes. */
@Injectable()
export class PartitionsCheck implements HealthCheck {
  readonly name = 'partitions';

  constructor(private readonly keeper: PartitionKeeper) {}

  async check(): Promise<void> {
    const missing = await this.keeper.missing();
    if (missing.length > 0) throw new Error(`Missing: ${missing.join(', ')}`);
  }
}
