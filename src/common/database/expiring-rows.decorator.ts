import { SetMetadata } from '@nestjs/common';
import type { ExpiringTable } from './expiring-table.js';

/** Metadata key under which the partition keeper finds expiring tables. */
export const EXPIRING_ROWS = 'gatehouse:expiring-rows';

/** Marks the repository of an expiring table, so that its partitions are made ahead and dropped when over. */
export const ExpiringRows = (table: ExpiringTable): ClassDecorator => SetMetadata(EXPIRING_ROWS, table);
