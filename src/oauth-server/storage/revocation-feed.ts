import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Memories } from '../../common/memory/memories.js';
import type { Memory } from '../../common/memory/memory.js';
import { Clock } from '../../common/time/clock.js';
import { type Revocation, RevocationRepository } from './revocation.repository.js';

const FIRST_SWEEP_SIZE = 10_000;

/** What was read, and where the next reading goes on: past what is kept, and not past what is thrown away. */
interface FeedReading {
  readonly revocations: readonly Revocation[];
  readonly mark: bigint;
}

/**
 * Every revoked access token and token family that has not expired yet, in memory: how a JWT is refused without a
 * query. While this node may have missed an announcement, it asks the database instead.
 */
@Injectable()
export class RevocationFeed implements OnModuleInit {
  readonly #memory: Memory<FeedReading>;
  /** Epoch milliseconds of the expiry by id. */
  readonly #revoked = new Map<string, number>();
  #sweepSize = FIRST_SWEEP_SIZE;
  /** Up to where the feed was read; undefined before the first reading. */
  #mark: bigint | undefined;

  constructor(
    private readonly repository: RevocationRepository,
    private readonly clock: Clock,
    memories: Memories,
  ) {
    this.#memory = memories.whole({
      name: 'revocations',
      load: () => this.#read(undefined),
      loadNews: () => this.#read(this.#mark),
      keep: ({ revocations, mark }) => {
        this.#mark = mark;
        for (const revocation of revocations) this.#remember(revocation);
      },
      hear: (payload) => this.#hear(payload),
    });
  }

  onModuleInit(): Promise<void> {
    return this.#memory.start();
  }

  /** True when the token or its family is revoked; a promise only while the announcements are interrupted. */
  isRevoked(tokenId: string, familyId: string | undefined): boolean | Promise<boolean> {
    if (this.#revoked.has(tokenId) || (familyId !== undefined && this.#revoked.has(familyId))) return true;
    if (!this.#memory.isStale) return false;
    return this.repository.hasAny(familyId === undefined ? [tokenId] : [tokenId, familyId]);
  }

  /** Revokes one access token: at once here, and on every other node as soon as it hears of it. */
  async revokeAccessToken(tokenId: string, expiresAt: Date): Promise<void> {
    await this.repository.add({ id: tokenId, expiresAt });
    this.#remember({ id: tokenId, expiresAt });
  }

  /** Takes note at once of a family that this node has revoked; the announcement of it is still on its way. */
  note(familyId: string, expiresAt: Date): void {
    this.#remember({ id: familyId, expiresAt });
  }

  /** What is new since the mark; everything without one, or where the database is another one than before. */
  async #read(since: bigint | undefined): Promise<FeedReading> {
    const mark = await this.repository.mark();
    const now = this.clock.now();
    const isKnown = since !== undefined && since <= mark;
    return { mark, revocations: await (isKnown ? this.repository.liveSince(since, now) : this.repository.live(now)) };
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
