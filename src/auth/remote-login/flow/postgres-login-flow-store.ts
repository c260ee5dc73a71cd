import { Injectable } from '@nestjs/common';
import { PreparedSql } from '../../../common/database/prepared-sql.js';
import { Statement } from '../../../common/database/statement.js';
import { Table } from '../../../common/database/table.js';
import { Clock } from '../../../common/time/clock.js';
import { secondsAfter } from '../../../common/time/instant.js';
import { LoginFlowEntity } from './login-flow.entity.js';
import { LoginFlowStore } from './login-flow-store.js';

const LOGIN_FLOWS = new Table(LoginFlowEntity);

/** Each new row takes those along that are over, so that the table holds minutes and no sweeper is needed. */
const SAVE = new Statement(
  'login-flow-save',
  `WITH over AS (DELETE FROM gatehouse.login_flows WHERE expires_at <= $2) ${LOGIN_FLOWS.insertRows('$1')}`,
);

const FETCH = new Statement(
  'login-flow-fetch',
  'SELECT sealed FROM gatehouse.login_flows WHERE key = $1 AND expires_at > $2',
);

/** Keeps sign-ins that are under way in the table `login_flows`. */
@Injectable()
export class PostgresLoginFlowStore extends LoginFlowStore {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
  ) {
    super();
  }

  async save(key: string, sealed: string, lifetimeSeconds: number): Promise<void> {
    const now = this.clock.now();
    const row = { key, sealed, expiresAt: secondsAfter(now, lifetimeSeconds) };
    await this.sql.count(SAVE, [LOGIN_FLOWS.rows([row]), now]);
  }

  async fetch(key: string): Promise<string | undefined> {
    return (await this.sql.row<{ sealed: string }>(FETCH, [key, this.clock.now()]))?.sealed;
  }
}
