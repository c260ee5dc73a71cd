import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { PreparedSql, type Sql } from '../../common/database/prepared-sql.js';
import { SealedColumn, SealedRows } from '../../common/database/sealed-column.js';
import { Statement } from '../../common/database/statement.js';
import { Table } from '../../common/database/table.js';
import { RemoteRevocationEntity } from './remote-revocation.entity.js';
import { parseRemoteTokens, type RemoteTokens } from './remote-tokens.js';

/** Tokens that are to be taken back at a provider. */
export interface RemoteRevocation {
  readonly id: string;
  /** The name of the remote app. */
  readonly provider: string;
  /** Undefined where no key of the ring opens them any more. */
  readonly tokens: RemoteTokens | undefined;
  /** How long the provider has been asked for in vain. */
  readonly ageSeconds: number;
}

const REVOCATIONS = new Table<RemoteRevocationEntity, 'tries' | 'nextTryAt' | 'createdAt'>(RemoteRevocationEntity);

const ADD = new Statement('remote-revocation-add', REVOCATIONS.insertRows('$1'));

/**
 * Takes those that are due, for this process alone: the next try lies a minute ahead, then two, four and so on, up to six
 * hours, which is beyond the limit of the call that follows.
 */
const TAKE = new Statement(
  'remote-revocations-take',
  `UPDATE gatehouse.remote_revocations SET tries = tries + 1,
     next_try_at = clock_timestamp() + make_interval(secs => LEAST(60 * 2 ^ LEAST(tries, 12), 21600))
   WHERE id IN (
     SELECT id FROM gatehouse.remote_revocations WHERE next_try_at <= clock_timestamp()
     ORDER BY next_try_at LIMIT 20 FOR UPDATE SKIP LOCKED
   )
   RETURNING id, provider, sealed_tokens AS sealed,
     extract(epoch FROM clock_timestamp() - created_at)::float8 AS "ageSeconds"`,
);

const REMOVE = new Statement('remote-revocation-remove', 'DELETE FROM gatehouse.remote_revocations WHERE id = $1');

const SEALED_TOKENS = new SealedColumn({
  table: 'remote_revocations',
  column: 'sealed_tokens',
  key: ['id'],
  contextOf: ([id = '']) => contextOf(id),
});

/** Tokens on their way to be taken back at providers, in the table `remote_revocations`. */
@Injectable()
@SealedRows(SEALED_TOKENS)
export class RemoteRevocationRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly keys: KeyRing,
  ) {}

  async add(provider: string, tokens: RemoteTokens, sql: Sql = this.sql): Promise<void> {
    const id = randomUUID();
    const sealedTokens = this.keys.seal(JSON.stringify(tokens), contextOf(id));
    await sql.count(ADD, [REVOCATIONS.rows([{ id, provider, sealedTokens }])]);
  }

  /** Those that are due, which no other process takes before the next try is due. */
  async take(): Promise<RemoteRevocation[]> {
    const rows = await this.sql.rows<Omit<RemoteRevocation, 'tokens'> & { readonly sealed: Buffer }>(TAKE, []);
    return rows.map(({ id, provider, ageSeconds, sealed }) => {
      const opened = this.keys.open(sealed, contextOf(id));
      return { id, provider, ageSeconds, tokens: opened && parseRemoteTokens(opened.toString()) };
    });
  }

  async remove(id: string): Promise<void> {
    await this.sql.count(REMOVE, [id]);
  }
}

function contextOf(id: string): string {
  return `remote revocation:${id}`;
}
