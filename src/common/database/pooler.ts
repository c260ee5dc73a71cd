import type { ClientBase, Pool, PoolClient } from 'pg';
import type { DatabaseOptions } from './database.options.js';

/** Each round asks both connections twice, so that a pooler that takes sessions in turn is found too. */
const ROUNDS = 3;

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

/** Raises PoolerError where connections of the pool have no session each, or behind a named pooler not our limits. */
export async function checkSessions(pool: Pool, options?: DatabaseOptions): Promise<void> {
  const one = await checkedOut(pool);
  try {
    if (options?.pooler === 'transaction') await demandLimits(one, options);
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

/** No SET of ours would hold behind the pooler, so the role must bring the limits along that we would set. */
async function demandLimits(client: ClientBase, { statementSeconds, lockSeconds }: DatabaseOptions): Promise<void> {
  const wanted = { statement_timeout: statementSeconds, lock_timeout: lockSeconds };
  const text = `SELECT name, setting::integer AS milliseconds, current_user AS role FROM pg_settings
    WHERE name = ANY($1) ORDER BY name DESC`;
  const { rows } = await client.query<{ name: keyof typeof wanted; milliseconds: number; role: string }>(text, [
    Object.keys(wanted),
  ]);
  const others = rows.filter(({ name, milliseconds }) => milliseconds !== wanted[name] * 1000);
  if (others.length === 0) return;
  const told = others.map(({ name, milliseconds }) => `${name} ${milliseconds / 1000}s instead of ${wanted[name]}s`);
  const orders = others.map(
    ({ name, role }) => `ALTER ROLE ${client.escapeIdentifier(role)} SET ${name} = '${wanted[name]}s';`,
  );
  throw new PoolerError(
    `leads through a pooler to sessions with ${told.join(' and ')}`,
    `run as an administrator ${orders.join(' ')} and have the pooler connect anew, or set DATABASE_STATEMENT_SECONDS and DATABASE_LOCK_SECONDS (options database.statementSeconds and lockSeconds) to what the role has`,
  );
}
