import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { DataSource, LessThan, type Repository } from 'typeorm';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { Clock } from '../../common/time/clock.js';
import { SealedSigningKeyError } from './sealed-signing-key.error.js';
import { generateSigningKey, SIGNING_ALGORITHMS, type SigningAlgorithm } from './signing-algorithm.js';
import { SigningKeyEntity } from './signing-key.entity.js';
import type { SigningKey } from './signing-key.js';

const ADVISORY_LOCK = 7_204_003;
/** A retired key verifies for as long as any access token may live. */
const KEPT_AFTER_RETIREMENT_MILLISECONDS = 31 * 86_400_000;

/** Signing keys in the table `signing_keys`, their private halves sealed; changed by one node at a time. */
@Injectable()
export class SigningKeyRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Every key, opened. Raises SealedSigningKeyError for one that must sign and does not open. */
  async all(): Promise<SigningKey[]> {
    const rows = await this.dataSource.getRepository(SigningKeyEntity).find();
    return rows.map((row) => this.#open(row));
  }

  /** Makes the current and next keys that are missing; nodes that start together make one set. */
  complete(): Promise<void> {
    return this.#locked((keys) => this.#complete(keys));
  }

  /** Moves every key on (next, current, previous), makes new next ones and forgets those retired long ago. */
  rotate(): Promise<void> {
    return this.#locked(async (keys) => {
      const retiredAt = this.clock.now();
      await keys.update({ stage: 'current' }, { stage: 'previous', retiredAt });
      await keys.update({ stage: 'next' }, { stage: 'current' });
      await keys.delete({ retiredAt: LessThan(new Date(retiredAt.getTime() - KEPT_AFTER_RETIREMENT_MILLISECONDS)) });
      await this.#complete(keys);
    });
  }

  #locked(change: (keys: Repository<SigningKeyEntity>) => Promise<void>): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
      await change(manager.getRepository(SigningKeyEntity));
    });
  }

  async #complete(keys: Repository<SigningKeyEntity>): Promise<void> {
    const present = new Set((await keys.find()).map(({ algorithm, stage }) => `${algorithm} ${stage}`));
    const missing = SIGNING_ALGORITHMS.flatMap((algorithm) =>
      (['current', 'next'] as const)
        .filter((stage) => !present.has(`${algorithm} ${stage}`))
        .map((stage) => this.#generate(algorithm, stage)),
    );
    if (missing.length > 0) await keys.insert(await Promise.all(missing));
  }

  async #generate(algorithm: SigningAlgorithm, stage: 'current' | 'next') {
    const { privateKey, publicKey } = await generateSigningKey(algorithm);
    const jwk = await exportJWK(publicKey);
    const kid = await calculateJwkThumbprint(jwk);
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
    const publicJwk = { ...jwk, kid, alg: algorithm, use: 'sig' };
    return { kid, algorithm, stage, publicJwk, sealedPrivateKey: this.keyRing.seal(pkcs8, kid) };
  }

  #open({ kid, algorithm, stage, publicJwk, sealedPrivateKey }: SigningKeyEntity): SigningKey {
    const key = { kid, algorithm, stage, publicJwk, publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }) };
    if (stage === 'previous') return { ...key, privateKey: undefined };
    const pkcs8 = this.keyRing.open(sealedPrivateKey, kid);
    if (pkcs8 === undefined) throw new SealedSigningKeyError(kid);
    return { ...key, privateKey: createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' }) };
  }
}
