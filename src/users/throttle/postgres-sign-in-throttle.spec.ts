import { DataSource } from 'typeorm';
import { DatabaseSchema } from '../../common/database/database-schema.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { SystemClock } from '../../common/time/clock.js';
import { PostgresSignInThrottle } from './postgres-sign-in-throttle.js';

describe('the throttle of failed sign-ins', () => {
  it('A window that is longer than its rows are kept is refused at the start', () => {
    const sql = new PreparedSql(new DataSource({ type: 'postgres' }), new DatabaseSchema());
    const options = { failuresPerAccount: 10, failuresPerAddress: 50, windowSeconds: 15 * 86_400 };
    const start = () => new PostgresSignInThrottle(sql, new SystemClock(), options);
    expect(start).toThrow('give at most 1209600 (14 days)');
  });
});
