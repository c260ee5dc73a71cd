import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { DatabaseSchema } from '../../common/database/database-schema.js';
import { PreparedSql, type Sql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { type RowOf, Table } from '../../common/database/table.js';
import { Clock } from '../../common/time/clock.js';
import { SealedSigningKeyError } from './sealed-signing-key.error.js';
import { generateSigningKey, SIGNING_ALGORITHMS, type SigningAlgorithm } from './signing-algorithm.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import type { SigningKey } from './signing-key.js';

/** A retired key verifies for as long as any access token may live. */
const KEPT_AFTER_RETIREMENT_MILLISECONDS = 31 * 86_400_000;

const SIGNING_KEYS = new Table<SigningKeyEntity, 'createdAt'>(SigningKeyEntity);
const FOUND = SIGNING_KEYS.columns('kid', 'algorithm', 'stage', 'publicJwk', 'sealedPrivateKey');
type Row = RowOf<typeof FOUND>;

const ALL = new Statement('signing-keys-all', `SELECT ${FOUND} FROM gatehouse.signing_keys`);

const INSERT = new Statement('signing-keys-insert', SIGNING_KEYS.insertRows('$1'));

const RETIRE_CURRENT = new Statement(
  'signing-keys-retire-current',
  "UPDATE gatehouse.signing_keys SET stage = 'previous', retired_at = $1 WHERE stage = 'current'",
);

const PROMOTE_NEXT = new Statement(
  'signing-keys-promote-next',
  "UPDATE gatehouse.signing_keys SET stage = 'current' WHERE stage = 'next'",
);

const FORGET = new Statement('signing-keys-forget', 'DELETE FROM gatehouse.signing_keys WHERE retired_at < $1');

/** Signing keys in the table `signing_keys`, their private halves sealed; changed by one node at a time. */
@Injectable()
export class SigningKeyRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly schema: DatabaseSchema,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Every key, opened. Raises SealedSigningKeyError for one that must sign and does not open. */
  async all(): Promise<SigningKey[]> {
    return (await this.sql.rows<Row>(ALL, [])).map((row) => this.#open(row));
  }

  /** Makes the current and next keys that are missing; nodes that start together make one set. */
  complete(): Promise<void> {
    return this.sql.exclusively('signing-keys', (sql) => this.#complete(sql));
  }

  /** Moves every key on (next, current, previous), makes new next ones and forgets those retired long ago. */
  rotate(): Promise<void> {
    return this.sql.exclusively('signing-keys', async (sql) => {
      const retiredAt = this.clock.now();
      await sql.count(RETIRE_CURRENT, [retiredAt]);
      await sql.count(PROMOTE_NEXT, []);
      await sql.count(FORGET, [new Date(retiredAt.getTime() - KEPT_AFTER_RETIREMENT_MILLISECONDS)]);
      await this.#complete(sql);
    });
  }

  async #complete(sql: Sql): Promise<void> {
    const present = new Set((await sql.rows<Row>(ALL, [])).map(({ algorithm, stage }) => `${algorithm} ${stage}`));
    const missing = SIGNING_ALGORITHMS.flatMap((algorithm) =>
      (['current', 'next'] as const)
        .filter((stage) => !present.has(`${algorithm} ${stage}`))
        .map((stage) => this.#generate(algorithm, stage)),
    );
    if (missing.length > 0) await sql.count(INSERT, [SIGNING_KEYS.rows(await Promise.all(missing))]);
  }

  async #generate(algorithm: SigningAlgorithm, stage: 'current' | 'next') {
    const { privateKey, publicKey } = await generateSigningKey(algorithm);
    const jwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const publicJwk = { ...jwk, kid, alg: algorithm, use: 'sig' };
    return { kid, algorithm, stage, publicJwk, sealedPrivateKey: this.keyRing.seal(pkcs8, kid) };
  }

  #open({ kid, algorithm, stage, publicJwk, sealedPrivateKey }: Row): SigningKey {
    const key = { kid, algorithm, stage, publicJwk, publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }) };
    if (stage === 'previous') return { ...key, privateKey: undefined };
    const pkcs8 = this.keyRing.open(sealedPrivateKey, kid);
    if (pkcs8 === undefined) throw new SealedSigningKeyError(kid, this.schema.name);
    return { ...key, privateKey: createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' }) };
  }
}
