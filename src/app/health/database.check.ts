import { Injectable } from '@nestjs/common';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { HealthCheck } from './health-check.js';

const ANSWER = new Statement('database-answers', 'SELECT 1');

/** Checks that the database answers. */
@Injectable()
export class DatabaseCheck implements HealthCheck {
  readonly name = 'database';

  constructor(private readonly sql: PreparedSql) {}

  async check(): Promise<void> {
    await this.sql.rows(ANSWER, []);
  }
}
