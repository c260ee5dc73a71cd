import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { type Resealed, Resealing, type SealedUse } from '../../common/database/resealing.js';
import { reasonOf } from '../../common/errors/oauth-error.js';
import { Events } from '../../common/events/events.js';
import { PUBLIC_DOCUMENT_SECONDS } from '../../common/http/public-document.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import { EarlyRotationError } from './early-rotation.error.js';
import { KeysOptions } from './keys.options.js';
import type { SigningKey } from './signing-key.js';
import { SigningKeyRepository } from './signing-key.repository.js';
import { SigningKeys } from './signing-keys.js';

const HOUR_MILLISECONDS = 3_600_000;
const DAY_SECONDS = 86_400;
/**
 * How long a next key is published before it signs: as long as a verifier may keep an older key set, and as long as a
 * node may take to hear of the key.
 */
const PUBLISHED_AHEAD_SECONDS = PUBLIC_DOCUMENT_SECONDS + 60;

/** A signing key as operators see it: nothing of it is secret. */
export interface SigningKeyStatus {
  readonly kid: string;
  readonly algorithm: string;
  readonly stage: SigningKey['stage'];
  /** Since when it has been in its stage. */
  readonly since: Date;
  /** Whether this process can sign with it; undefined for one that only verifies. */
  readonly opens: boolean | undefined;
}

/** The state of all keys, for `gatehouse keys status`. */
export interface KeysStatus {
  readonly signingKeys: readonly SigningKeyStatus[];
  /** The ids of SECRET_KEYS, newest first. */
  readonly secretKeyIds: readonly string[];
  /** The numbers of sealed rows, by table and id of a secret key. */
  readonly sealed: readonly SealedUse[];
}

/**
 * The keys as operators manage them: look, rotate, retire, reseal. One node also rotates the signing keys on a schedule.
 */
@Injectable()
export class Keys implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(Keys.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly signingKeys: SigningKeys,
    private readonly resealing: Resealing,
    private readonly keyRing: KeyRing,
    private readonly options: KeysOptions,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.#rotateOrTell();
    this.#timer = setInterval(() => this.#rotateOrTell(), HOUR_MILLISECONDS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** The state of every signing key, and the numbers of all other sealed rows. */
  async status(): Promise<KeysStatus> {
    const [found, sealed] = await Promise.all([this.repository.all(), this.resealing.uses()]);
    const signingKeys = found.map(({ kid, algorithm, stage, since, privateKey }) => ({
      kid,
      algorithm,
      stage,
      since,
      opens: stage === 'previous' ? undefined : privateKey !== undefined,
    }));
    return { signingKeys, secretKeyIds: this.keyRing.ids, sealed };
  }

  /**
   * Starts signing with the next keys, on every node; tokens signed before stay good. Raises EarlyRotationError while a
   * next key may be unknown to verifiers.
   */
  async rotate(): Promise<void> {
    await this.repository.rotate((keys) => this.#refuseEarly(keys));
    await this.#tellOfRotation();
  }

  /** Rotates when the keys have signed for as long as the option says; true when they had. */
  async rotateWhenDue(): Promise<boolean> {
    if (!this.#isDue(this.signingKeys.all)) return false;
    const isRotated = await this.repository.rotate((keys) => {
      this.#refuseEarly(keys);
      return this.#isDue(keys);
    });
    if (isRotated) await this.#tellOfRotation();
    return isRotated;
  }

  /**
   * Withdraws a key at once: this server refuses what the key signed from now on, and verifiers do as soon as they read
   * the key set again. In the place of a key that signed, the next one signs. False where there is no such key.
   */
  async retire(kid: string): Promise<boolean> {
    const isThere = await this.repository.retire(kid);
    if (!isThere) return false;
    await this.signingKeys.refresh();
    this.events.emit({ type: 'signing_keys.retired', keyIds: [kid] });
    return true;
  }

  /** Reseals every sealed row under the newest of SECRET_KEYS. */
  reseal(): Promise<Resealed> {
    return this.resealing.reseal();
  }

  async #rotateOrTell(): Promise<void> {
    await this.rotateWhenDue().catch((error: Error) =>
      this.#logger.warn(`The signing keys were not rotated: ${reasonOf(error)}`),
    );
  }

  #isDue(keys: readonly SigningKey[]): boolean {
    const { rotationDays } = this.options;
    const limit = secondsAfter(this.clock.now(), -rotationDays * DAY_SECONDS);
    return rotationDays > 0 && keys.some(({ stage, since }) => stage === 'current' && since <= limit);
  }

  #refuseEarly(keys: readonly SigningKey[]): true {
    const youngest = Math.max(...keys.filter(({ stage }) => stage === 'next').map(({ since }) => since.getTime()));
    const seconds = PUBLISHED_AHEAD_SECONDS - (this.clock.now().getTime() - youngest) / 1000;
    if (seconds > 0) throw new EarlyRotationError(Math.ceil(seconds));
    return true;
  }

  async #tellOfRotation(): Promise<void> {
    await this.signingKeys.refresh();
    const keyIds = this.signingKeys.all.filter(({ stage }) => stage === 'current').map(({ kid }) => kid);
    this.events.emit({ type: 'signing_keys.rotated', keyIds });
  }
}
