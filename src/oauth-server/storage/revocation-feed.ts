import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Memories } from '../../common/memory/memories.js';
import type { Memory } from '../../common/memory/memory.js';
import { Clock } from '../../common/time/clock.js';
import { epochSeconds } from '../../common/time/instant.js';
import { type Revocation, RevocationRepository } from './revocation.repository.js';
import { RevokedIds } from './revoked-ids.js';

/** The entries that one reading gave, and the mark from which the next reading goes on. */
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
  readonly #revoked = new RevokedIds();
  /** The mark up to which the feed was read; undefined before the first reading. */
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

  /** Gives what is new since the mark; without one, or where the database is another one than before, reads everything. */
  async #read(since: bigint | undefined): Promise<FeedReading> {
    const mark = await this.repository.mark();
    const now = this.clock.now();
    const isKnown = since !== undefined && since <= mark;
    return { mark, revocations: isKnown ? await this.repository.liveSince(since, now) : await this.#readAll(now) };
  }

  /** Page by page into the memory, beside what it holds, so that no second copy of the feed is made. */
  async #readAll(now: Date): Promise<readonly Revocation[]> {
    const expect = (rows: number) => this.#revoked.reserve(rows, epochSeconds(now));
    for await (const packed of this.repository.live(now, expect)) this.#revoked.addPacked(packed, epochSeconds(now));
    return [];
  }

  #hear(payload: string): void {
    const [id = '', expiresAt] = payload.split(' ');
    this.#remember({ id, expiresAt: new Date(Number(expiresAt)) });
  }

  #remember({ id, expiresAt }: Revocation): void {
    this.#revoked.add(id, epochSeconds(expiresAt) + 1, epochSeconds(this.clock.now()));
  }
}
