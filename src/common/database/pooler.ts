import type { ClientBase, Pool, PoolClient } from 'pg';
import type { DatabaseOptions } from './database.options.js';

/** Each round asks both connections twice, so that a pooler that takes sessions in turn is found too. */
const ROUNDS = 3;

/** The limits that every session must have which serves requests. */
const LIMITS = ['statement_timeout', 'lock_timeout'];

/** The sessions of PostgreSQL are not as the settings say, because of a pooler or the lack of one. */
export class PoolerError extends Error {
  override readonly name = 'PoolerError';

  constructor(
    /** The rest of a sentence about the connection. */
    readonly problem: string,
    /** The fix, as an order without full stop. */
    readonly fix: string,
  ) {
    super(`The connection to PostgreSQL ${problem}: ${fix}`);
  }
}

/** Raises PoolerError where connections of the pool have no session each, or behind a named pooler none with limits. */
export async function checkSessions(pool: Pool, pooler: DatabaseOptions['pooler']): Promise<void> {
  const one = await checkedOut(pool);
  try {
    if (pooler === 'transaction') await demandLimits(one);
    else if ((pool.options.max ?? 0) > 1) {
      const other = await checkedOut(pool);
      try {
        await demandSessions(one, other);
      } finally {
        other.release();
      }
    }
  } finally {
    one.release();
  }
}

/** A connection whose loss is told by its next statement, and by no event that nobody hears. */
async function checkedOut(pool: Pool): Promise<PoolClient> {
  const client = await pool.connect();
  client.once('error', () => undefined);
  return client;
}

/** Raises PoolerError where two connections that are open at once meet the same session, or one of them meets several. */
export async function demandSessions(one: ClientBase, other: ClientBase): Promise<void> {
  const [ofOne, ofOther] = [await sessionOf(one), await sessionOf(other)];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [client, session] of [
      [one, ofOne],
      [one, ofOne],
      [other, ofOther],
      [other, ofOther],
    ] as const) {
      if (ofOne === ofOther || (await sessionOf(client)) !== session) {
        throw new PoolerError(
          'leads through a pooler in transaction mode',
          'set DATABASE_POOLER=transaction (option database.pooler), and DATABASE_DIRECT_URL (database.directUrl) to a URL past the pooler',
        );
      }
    }
  }
}

async function sessionOf(client: ClientBase): Promise<number> {
  return (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid ?? 0;
}

/** No SET of ours would hold behind the pooler, so the role must bring the limits along. */
async function demandLimits(client: ClientBase): Promise<void> {
  const text = `SELECT name, current_user AS role FROM pg_settings WHERE name = ANY($1) AND setting = '0' ORDER BY name DESC`;
  const { rows } = await client.query<{ name: string; role: string }>(text, [LIMITS]);
  const [missing] = rows;
  if (missing === undefined) return;
  const role = client.escapeIdentifier(missing.role);
  throw new PoolerError(
    `leads through a pooler to sessions without ${rows.map(({ name }) => name).join(' and ')}`,
    `run as an administrator ALTER ROLE ${role} SET statement_timeout = '5s'; ALTER ROLE ${role} SET lock_timeout = '2s'; and have the pooler connect anew`,
  );
}
