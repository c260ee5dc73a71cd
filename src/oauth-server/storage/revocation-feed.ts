import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { PostgresNotifications } from '../../common/database/postgres-notifications.js';
import { Clock } from '../../common/time/clock.js';
import { REVOCATIONS, type Revocation, RevocationRepository } from './revocation.repository.js';

const FIRST_SWEEP_SIZE = 10_000;
const RETRY_MILLISECONDS = 1000;

/**
 * Every revoked access token and token family that has not expired yet, in memory: how a JWT is refused without a
 * query. While this node may have missed an announcement, it asks the database instead.
 */
@Injectable()
export class RevocationFeed implements OnModuleInit {
  readonly #logger = new Logger(RevocationFeed.name);
  /** Epoch milliseconds of the expiry by id. */
  readonly #revoked = new Map<string, number>();
  #sweepSize = FIRST_SWEEP_SIZE;
  #gaps = 0;
  #isComplete = false;

  constructor(
    private readonly repository: RevocationRepository,
    private readonly notifications: PostgresNotifications,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.notifications.listen('revocations', {
      onMessage: (payload) => this.#hear(payload),
      onGap: () => void this.#catchUp(),
    });
    await this.#catchUp();
  }

  /** True when the token or its family is revoked; a promise only while the announcements are interrupted. */
  isRevoked(tokenId: string, familyId: string | undefined): boolean | Promise<boolean> {
    if (this.#revoked.has(tokenId) || (familyId !== undefined && this.#revoked.has(familyId))) return true;
    if (this.#isComplete && this.notifications.isConnected) return false;
    return this.repository.hasAny(familyId === undefined ? [tokenId] : [tokenId, familyId]);
  }

  /** Revokes one access token: at once here, and on every other node as soon as it hears of it. */
  async revokeAccessToken(tokenId: string, expiresAt: Date): Promise<void> {
    await this.repository.add({ id: tokenId, expiresAt });
    this.#remember({ id: tokenId, expiresAt });
  }

  /** Takes note at once of a family that this node has revoked; the announcement of it is still on its way. */
  note(familyId: string): void {
    this.#remember({ id: familyId, expiresAt: REVOCATIONS.latestExpiry(this.clock.now()) });
  }

  /** Reads everything; a gap that opens meanwhile leaves the memory incomplete until its own reading is over. */
  async #catchUp(): Promise<void> {
    const gap = ++this.#gaps;
    this.#isComplete = false;
    try {
      for (const revocation of await this.repository.live(this.clock.now())) this.#remember(revocation);
      this.#isComplete = gap === this.#gaps;
    } catch (error) {
      this.#logger.error(`Revocations were not read: ${(error as Error).message}`);
      if (gap === this.#gaps) setTimeout(() => void this.#catchUp(), RETRY_MILLISECONDS).unref();
    }
  }

  #hear(payload: string): void {
    const [id = '', expiresAt] = payload.split(' ');
    this.#remember({ id, expiresAt: new Date(Number(expiresAt)) });
  }

  /** Sweeps out what has expired whenever the memory has doubled since the last time. */
  #remember({ id, expiresAt }: Revocation): void {
    this.#revoked.set(id, expiresAt.getTime());
    if (this.#revoked.size < this.#sweepSize) return;
    const now = this.clock.now().getTime();
    for (const [revokedId, expiry] of this.#revoked) if (expiry <= now) this.#revoked.delete(revokedId);
    this.#sweepSize = Math.max(FIRST_SWEEP_SIZE, this.#revoked.size * 2);
  }
}
