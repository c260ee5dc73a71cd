import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { PreparedSql, type Sql } from '../../common/database/prepared-sql.js';
import { SealedColumn, SealedRows } from '../../common/database/sealed-column.js';
import { Statement } from '../../common/database/statement.js';
import { type RowOf, Table } from '../../common/database/table.js';
import { reasonOf } from '../../common/errors/oauth-error.js';
import { Clock } from '../../common/time/clock.js';
import { generateSigningKey, SIGNING_ALGORITHMS, type SigningAlgorithm } from './jws.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import type { SigningKey } from './signing-key.js';

/** A retired key verifies for as long as any access token may live. */
const KEPT_AFTER_RETIREMENT_MILLISECONDS = 31 * 86_400_000;

const SIGNING_KEYS = new Table<SigningKeyEntity, 'createdAt'>(SigningKeyEntity);
const FOUND = SIGNING_KEYS.columns(
  'kid',
  'algorithm',
  'stage',
  'publicJwk',
  'sealedPrivateKey',
  'createdAt',
  'activatedAt',
  'retiredAt',
);
type Row = RowOf<typeof FOUND>;

const PRIVATE_KEYS = new SealedColumn({
  table: 'signing_keys',
  column: 'sealed_private_key',
  key: ['kid'],
  contextOf: ([kid = '']) => kid,
});

const ALL = new Statement('signing-keys-all', `SELECT ${FOUND} FROM gatehouse.signing_keys`);

const INSERT = new Statement('signing-keys-insert', SIGNING_KEYS.insertRows('$1'));

const RETIRE_CURRENT = new Statement(
  'signing-keys-retire-current',
  "UPDATE gatehouse.signing_keys SET stage = 'previous', retired_at = $1 WHERE stage = 'current'",
);

const PROMOTE_NEXT = new Statement(
  'signing-keys-promote-next',
  "UPDATE gatehouse.signing_keys SET stage = 'current', activated_at = $1 WHERE stage = 'next'",
);

const REMOVE = new Statement('signing-keys-remove', 'DELETE FROM gatehouse.signing_keys WHERE kid = $1');

/** Promotes the next key of an algorithm only where the key that signed is gone. */
const PROMOTE_IN_ITS_PLACE = new Statement(
  'signing-keys-promote-in-its-place',
  `UPDATE gatehouse.signing_keys SET stage = 'current', activated_at = $1 WHERE stage = 'next' AND algorithm NOT IN
   (SELECT algorithm FROM gatehouse.signing_keys WHERE stage = 'current')`,
);

const FORGET = new Statement('signing-keys-forget', 'DELETE FROM gatehouse.signing_keys WHERE retired_at < $1');

/** Signing keys in the table `signing_keys`, their private halves sealed; changed by one node at a time. */
@Injectable()
@SealedRows(PRIVATE_KEYS)
export class SigningKeyRepository {
  readonly #logger = new Logger('SigningKeys');
  /** The ids of keys that do not open and of which the log was told. */
  readonly #told = new Set<string>();

  constructor(
    private readonly sql: PreparedSql,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Every key, opened where a key of the ring can; a row that cannot be read at all is left out. */
  async all(): Promise<SigningKey[]> {
    return this.#all(this.sql);
  }

  /** Makes the current and next keys that are missing; nodes that start together make one set. */
  complete(): Promise<void> {
    return this.sql.exclusively('signing-keys', (sql) => this.#complete(sql));
  }

  /**
   * Moves every key on (next, current, previous), makes new next ones and forgets those retired long ago, where `isTime`
   * says so of the keys that are there; true when it did.
   */
  rotate(isTime: (keys: readonly SigningKey[]) => boolean): Promise<boolean> {
    return this.sql.exclusively('signing-keys', async (sql) => {
      if (!isTime(await this.#all(sql))) return false;
      const now = this.clock.now();
      await sql.count(RETIRE_CURRENT, [now]);
      await sql.count(PROMOTE_NEXT, [now]);
      await sql.count(FORGET, [new Date(now.getTime() - KEPT_AFTER_RETIREMENT_MILLISECONDS)]);
      await this.#complete(sql);
      return true;
    });
  }

  /** Removes a key, and has the next one sign in the place of one that signed; false where there is no such key. */
  retire(kid: string): Promise<boolean> {
    return this.sql.exclusively('signing-keys', async (sql) => {
      if ((await sql.count(REMOVE, [kid])) === 0) return false;
      await sql.count(PROMOTE_IN_ITS_PLACE, [this.clock.now()]);
      await this.#complete(sql);
      return true;
    });
  }

  async #all(sql: Sql): Promise<SigningKey[]> {
    return (await sql.rows<Row>(ALL, [])).flatMap((row) => {
      try {
        return this.#open(row);
      } catch (error) {
        this.#tell(row.kid, `cannot be read: ${reasonOf(error)}`);
        return [];
      }
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
    const { calculateJwkThumbprint, exportJWK } = await import('jose');
    const jwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const publicJwk = { ...jwk, kid, alg: algorithm, use: 'sig' };
    const activatedAt = stage === 'current' ? this.clock.now() : null;
    return { kid, algorithm, stage, publicJwk, sealedPrivateKey: this.keyRing.seal(pkcs8, kid), activatedAt };
  }

  #open({ kid, algorithm, stage, publicJwk, sealedPrivateKey, createdAt, activatedAt, retiredAt }: Row): SigningKey {
    const publicKey = createPublicKey({ key: publicJwk, format: 'jwk' });
    const since = { next: createdAt, current: activatedAt ?? createdAt, previous: retiredAt ?? createdAt }[stage];
    const key = { kid, algorithm, stage, since, publicJwk, publicKey };
    if (stage === 'previous') return { ...key, privateKey: undefined };
    const pkcs8 = this.keyRing.open(sealedPrivateKey, kid);
    if (pkcs8 === undefined) this.#tell(kid, 'does not open with SECRET_KEYS, and only verifies');
    return { ...key, privateKey: pkcs8 && createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' }) };
  }

  /** Warns once for each key, because the keys are read again every few seconds. */
  #tell(kid: string, problem: string): void {
    if (!this.#told.has(kid)) this.#logger.error(`The signing key ${kid} ${problem}`);
    this.#told.add(kid);
  }
}
