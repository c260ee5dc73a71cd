import type { KeyObject } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { JWK } from 'jose';
import { DatabaseSchema } from '../../common/database/database-schema.js';
import { Memories } from '../../common/memory/memories.js';
import type { Memory } from '../../common/memory/memory.js';
import {
  decodeObject,
  isSignatureOf,
  jwsInput,
  readCompactJws,
  SIGNING_ALGORITHMS,
  type SigningAlgorithm,
  signatureOf,
} from './jws.js';
import { SealedSigningKeyError } from './sealed-signing-key.error.js';
import type { SigningKey } from './signing-key.js';
import { SigningKeyRepository } from './signing-key.repository.js';

/** A payload that one of our keys signed. */
export interface VerifiedJws {
  readonly kid: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * The keys that sign tokens, from memory. There is one current key for each algorithm; the next one is published
 * ahead of its use, and a previous one for as long as a token that it signed may live.
 */
@Injectable()
export class SigningKeys implements OnModuleInit {
  readonly #memory: Memory<readonly SigningKey[]>;
  #byKid: ReadonlyMap<string, SigningKey> = new Map();
  #publicJwks: { readonly keys: readonly JWK[] } = { keys: [] };
  #signing: ReadonlyMap<SigningAlgorithm, SigningKey> = new Map();

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly schema: DatabaseSchema,
    memories: Memories,
  ) {
    this.#memory = memories.whole({
      name: 'signing_keys',
      load: () => this.repository.all(),
      keep: (keys) => {
        this.#byKid = new Map(keys.map((key) => [key.kid, key]));
        this.#publicJwks = { keys: keys.map(({ publicJwk }) => publicJwk) };
        this.#signing = signingAmong(keys);
      },
    });
  }

  async onModuleInit(): Promise<void> {
    await this.repository.complete();
    await this.#memory.start();
    const [unopened] = this.all.filter(({ stage }) => stage === 'current');
    if (this.#signing.size === 0 && unopened) throw new SealedSigningKeyError(unopened.kid, this.schema.name);
  }

  /** Every key, in whatever stage. */
  get all(): readonly SigningKey[] {
    return [...this.#byKid.values()];
  }

  /** The algorithms for which this process has no key to sign with. */
  get unsigned(): readonly SigningAlgorithm[] {
    return SIGNING_ALGORITHMS.filter((algorithm) => !this.#signing.has(algorithm));
  }

  /** Resolves when the keys were read after this call. */
  refresh(): Promise<void> {
    return this.#memory.refresh();
  }

  /** A compact JWS (RFC 7515 section 3.1) by the algorithm's current key; `alg` and `kid` are added to the header. */
  sign(algorithm: SigningAlgorithm, header: object, payload: object): string {
    const key = this.#signing.get(algorithm);
    if (key?.privateKey === undefined) throw new Error(`There is no ${algorithm} key to sign with`);
    const input = jwsInput({ ...header, alg: algorithm, kid: key.kid }, payload);
    return `${input}.${signatureOf(algorithm, input, key.privateKey).toString('base64url')}`;
  }

  /**
   * The payload of a compact JWS of this `typ` that one of our keys signed; undefined for anything else. The key alone
   * decides on the algorithm, so that a header cannot ask for `none` or HMAC (RFC 8725 section 3.1).
   */
  verify(jws: string, type: string): VerifiedJws | undefined {
    const { header, input, payload, signature } = readCompactJws(jws) ?? {};
    const key = typeof header?.kid === 'string' ? this.verifyingKey(header.kid) : undefined;
    if (!key || !input || !payload || !signature || header?.alg !== key.algorithm || header.typ !== type)
      return undefined;
    if (!isSignatureOf(key.algorithm, input, key.key, signature)) return undefined;
    return { kid: header.kid as string, payload: decodeObject(payload) ?? {} };
  }

  /** The public key of this id in any stage, with the only algorithm that it may verify. */
  verifyingKey(kid: string): { algorithm: SigningAlgorithm; key: KeyObject } | undefined {
    const found = this.#byKid.get(kid);
    return found && { algorithm: found.algorithm, key: found.publicKey };
  }

  /** The JWK set of every stage (RFC 7517 section 5): the same object for as long as no key changes. */
  get publicJwks(): { readonly keys: readonly JWK[] } {
    return this.#publicJwks;
  }
}

/** For each algorithm the current key, or the next one where that does not open: verifiers know it as well. */
function signingAmong(keys: readonly SigningKey[]): ReadonlyMap<SigningAlgorithm, SigningKey> {
  const able = keys.filter(({ privateKey }) => privateKey !== undefined);
  const inStage = (wanted: SigningKey['stage']) =>
    able.filter(({ stage }) => stage === wanted).map((key) => [key.algorithm, key] as const);
  return new Map([...inStage('next'), ...inStage('current')]);
}
