import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { VerifiedAccessToken } from '../../common/access-token-verifier.js';
import { Memories } from '../../common/memory/memories.js';
import type { Memory } from '../../common/memory/memory.js';
import { Clock } from '../../common/time/clock.js';
import { epochSeconds, secondsAfter } from '../../common/time/instant.js';
import { ACCESS_TOKENS } from './expiring-tables.js';
import { type TokenCutoff, TokenCutoffRepository, type TokenHolder } from './token-cutoff.repository.js';

/** For how many seconds a transaction may last that takes a client or an end user out of use. */
const SLOW_TRANSACTION_SECONDS = 600;
/** How many seconds the clocks of nodes may differ by. */
const LEEWAY_SECONDS = 3600;
const EARLIEST = new Date(0);

/**
 * The clients and end users that went out of use while access tokens of theirs may live, in memory. So every such token
 * is refused without a query, whatever its format. While this node may have missed an announcement, it asks the
 * database instead.
 */
@Injectable()
export class TokenCutoffs implements OnModuleInit {
  readonly #memory: Memory<readonly TokenCutoff[]>;
  /** When the table was read last; undefined before the first time. */
  #readAt: Date | undefined;
  readonly #byHolder = new Map<string, TokenCutoff>();

  constructor(
    private readonly repository: TokenCutoffRepository,
    private readonly clock: Clock,
    memories: Memories,
  ) {
    this.#memory = memories.whole({
      name: 'token_cutoffs',
      load: () => this.#read(this.#oldest()),
      // A transaction may have been slow.
      loadNews: () => this.#read(secondsAfter(this.#readAt ?? this.#oldest(), -SLOW_TRANSACTION_SECONDS)),
      keep: (cutoffs) => this.#keep(cutoffs),
      hear: (payload) => this.#keep([heardCutoff(payload)]),
    });
  }

  onModuleInit(): Promise<void> {
    return this.#memory.start();
  }

  /** True when the client or the end user of the token went out of use after it was issued; a promise only while the announcements are interrupted. */
  covers({ clientId, userId, issuedAt }: VerifiedAccessToken): boolean | Promise<boolean> {
    if (this.#cutoffsOf(clientId, userId).some((cutoff) => isBefore(issuedAt, cutoff))) return true;
    return this.#memory.isStale && this.repository.covers(holdersOf(clientId, userId), issuedAt);
  }

  /**
   * Resolves when a token that is issued from then on is no longer covered: in the next second, where the client or the
   * end user came into use again in this one. Undefined where there is nothing to wait for.
   */
  whenPast(clientId: string, userId: string | undefined): Promise<void> | undefined {
    const covered = this.#cutoffsOf(clientId, userId).map(({ issuedBefore }) => epochSeconds(issuedBefore ?? EARLIEST));
    const milliseconds = (Math.max(...covered) + 1) * 1000 - this.clock.now().getTime();
    return milliseconds > 0 && milliseconds <= 1000 ? delay(milliseconds + 1) : undefined;
  }

  #cutoffsOf(clientId: string, userId: string | undefined): readonly TokenCutoff[] {
    if (this.#byHolder.size === 0) return [];
    return holdersOf(clientId, userId).flatMap((holder) => this.#byHolder.get(keyOf(holder)) ?? []);
  }

  async #read(since: Date): Promise<readonly TokenCutoff[]> {
    const now = this.clock.now();
    const cutoffs = await this.repository.notedSince(since);
    this.#readAt = now;
    return cutoffs;
  }

  /** Keeps the latest cutoff of each holder, and forgets those that concern no living access token any more. */
  #keep(cutoffs: readonly TokenCutoff[]): void {
    for (const cutoff of cutoffs) {
      const known = this.#byHolder.get(keyOf(cutoff));
      if (known === undefined || known.notedAt <= cutoff.notedAt) this.#byHolder.set(keyOf(cutoff), cutoff);
    }
    const oldest = this.#oldest();
    if (cutoffs.length > 1)
      for (const [key, { notedAt }] of this.#byHolder) if (notedAt < oldest) this.#byHolder.delete(key);
  }

  #oldest(): Date {
    return secondsAfter(this.clock.now(), -ACCESS_TOKENS.maxLifetimeSeconds - LEEWAY_SECONDS);
  }
}

/** A cutoff covers the whole of its second, since a JWT says whole seconds alone. */
function isBefore(issuedAt: Date, { issuedBefore }: TokenCutoff): boolean {
  return issuedBefore === null || epochSeconds(issuedAt) <= epochSeconds(issuedBefore);
}

function holdersOf(clientId: string, userId: string | undefined): readonly TokenHolder[] {
  const client = { kind: 'client', holder: clientId } as const;
  return userId === undefined ? [client] : [client, { kind: 'subject', holder: userId }];
}

function keyOf({ kind, holder }: TokenHolder): string {
  return `${kind} ${holder}`;
}

/** Reads what the trigger of the table announces. */
function heardCutoff(payload: string): TokenCutoff {
  const heard: { kind: TokenCutoff['kind']; holder: string; issuedBefore: number | null; notedAt: number } =
    JSON.parse(payload);
  const { issuedBefore, notedAt, ...holder } = heard;
  return {
    ...holder,
    issuedBefore: issuedBefore === null ? null : new Date(issuedBefore),
    notedAt: new Date(notedAt),
  };
}
