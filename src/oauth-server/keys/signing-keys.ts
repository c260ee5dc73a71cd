import type { KeyObject } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { JWK } from 'jose';
import { PostgresNotifications } from '../../common/database/postgres-notifications.js';
import { type SigningAlgorithm, signatureOf } from './signing-algorithm.js';
import type { SigningKey } from './signing-key.js';
import { SigningKeyRepository } from './signing-key.repository.js';

/**
 * The keys that sign tokens, from memory. There is one current key for each algorithm; the next one is published
 * ahead of its use, and a previous one for as long as a token that it signed may live.
 */
@Injectable()
export class SigningKeys implements OnModuleInit {
  readonly #logger = new Logger(SigningKeys.name);
  #byKid = new Map<string, SigningKey>();
  #current = new Map<SigningAlgorithm, SigningKey>();

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly notifications: PostgresNotifications,
  ) {}

  async onModuleInit(): Promise<void> {
    const reload = () =>
      void this.#load().catch((error: Error) => this.#logger.error(`Signing keys were not read: ${error.message}`));
    await this.notifications.listen('gatehouse_signing_keys', { onMessage: reload, onGap: reload });
    await this.repository.complete();
    await this.#load();
  }

  /** A compact JWS (RFC 7515 section 3.1) by the algorithm's current key; `alg` and `kid` are added to the header. */
  sign(algorithm: SigningAlgorithm, header: object, payload: object): string {
    const key = this.#current.get(algorithm);
    if (key?.privateKey === undefined) throw new Error(`There is no current ${algorithm} key`);
    const input = `${encode({ ...header, alg: algorithm, kid: key.kid })}.${encode(payload)}`;
    return `${input}.${signatureOf(algorithm, input, key.privateKey).toString('base64url')}`;
  }

  /** The public key of this id in any stage, with the only algorithm that it may verify. */
  verifyingKey(kid: string): { algorithm: SigningAlgorithm; key: KeyObject } | undefined {
    const found = this.#byKid.get(kid);
    return found && { algorithm: found.algorithm, key: found.publicKey };
  }

  /** The JWK set of every stage (RFC 7517 section 5). */
  publicJwks(): { keys: JWK[] } {
    return { keys: [...this.#byKid.values()].map((key) => key.publicJwk) };
  }

  /** Starts signing with the next keys, on every node; tokens signed before stay good. */
  async rotate(): Promise<void> {
    await this.repository.rotate();
    await this.#load();
  }

  async #load(): Promise<void> {
    const keys = await this.repository.all();
    this.#byKid = new Map(keys.map((key) => [key.kid, key]));
    this.#current = new Map(keys.filter(({ stage }) => stage === 'current').map((key) => [key.algorithm, key]));
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
