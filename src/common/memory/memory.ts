import { Logger } from '@nestjs/common';
import type { PostgresNotifications } from '../database/postgres-notifications.js';
import { reasonOf } from '../errors/oauth-error.js';
import { backOffMilliseconds } from '../time/back-off.js';

const FIRST_RETRY_MILLISECONDS = 1000;
/** The longest pause between two readings that fail: so short that a node is ready within seconds of the database. */
const LONGEST_RETRY_MILLISECONDS = 4000;

/** The source of a memory: how the state is read, and how the database announces its changes. */
export interface MemorySource<State> {
  /** The channel on which the database announces each change, such as `scopes`; readiness and logs call it so too. */
  readonly name: string;
  /** Reads the whole state. */
  load(): Promise<State>;
  /** Reads the changes since the last reading. Where this is left out, the whole state is read each time. */
  loadNews?(): Promise<State>;
  /** Takes a state that was read, in the place of the held one or beside it. */
  keep(state: State): void;
  /**
   * Takes note of one change by its announcement alone. Where this is left out, each announcement has the whole state
   * read again.
   */
  hear?(payload: string): void;
}

/**
 * A state of the database that requests read without asking. An announcement, or a time in which some may have been
 * missed, makes the memory stale until it is read again. A state that was read before that moment is never kept. A
 * reading that fails is tried again, at first after a second, and at last every four seconds.
 */
export class Memory<State> {
  readonly #logger = new Logger(Memory.name);
  /** How often the state is known to have changed. */
  #version = 0;
  /** The version at which the held state was read. */
  #keptVersion = -1;
  #reading: Promise<void> | undefined;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly notifications: Pick<PostgresNotifications, 'listen' | 'isConnected'>,
    private readonly source: MemorySource<State>,
  ) {}

  /** The name of the memory in the readiness report and the log. */
  get name(): string {
    return this.source.name;
  }

  /** True while the database may have changes that this memory lacks. */
  get isStale(): boolean {
    return this.#keptVersion !== this.#version || !this.notifications.isConnected;
  }

  /** Listens, then reads for the first time. Rejects when that fails, and then does not try again. */
  async start(): Promise<void> {
    const changed = () => {
      this.refresh().catch(() => undefined);
    };
    await this.notifications.listen(this.name, {
      onMessage: (payload) => (this.source.hear === undefined ? changed() : this.source.hear(payload)),
      onGap: changed,
    });
    await this.refresh().catch((error: unknown) => {
      this.stop();
      throw error;
    });
  }

  /**
   * Resolves when the held state was read after this call. Rejects when a reading fails; the next try goes on by
   * itself.
   */
  refresh(): Promise<void> {
    this.#version += 1;
    this.#reading ??= Promise.resolve().then(() => this.#readLatest());
    return this.#reading;
  }

  /**
   * Reads changes although nothing was announced, should an announcement have been missed. Rejects when the reading
   * fails; the held state then stays good for as long as announcements are heard.
   */
  async catchUp(): Promise<void> {
    if (this.#reading !== undefined || this.#keptVersion !== this.#version) return;
    const version = this.#version;
    const state = await (this.source.loadNews?.() ?? this.source.load());
    if (version === this.#version) this.source.keep(state);
  }

  /** Ends the tries at reading. */
  stop(): void {
    this.#failures = Number.POSITIVE_INFINITY;
    clearTimeout(this.#retry);
  }

  /** One reading after the other, so that an older one never comes after a newer one. */
  async #readLatest(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      while (this.#keptVersion !== this.#version) {
        const version = this.#version;
        const state = await this.source.load();
        if (version !== this.#version) continue;
        this.source.keep(state);
        this.#keptVersion = version;
      }
      this.#failures = 0;
    } catch (error) {
      this.#retryLater(error as Error);
      throw error;
    } finally {
      // At once after the last comparison of versions, so that nobody waits for a reading that is over.
      this.#reading = undefined;
    }
  }

  #retryLater(error: Error): void {
    if (this.#failures === Number.POSITIVE_INFINITY) return;
    this.#failures += 1;
    const milliseconds = backOffMilliseconds(this.#failures, FIRST_RETRY_MILLISECONDS, LONGEST_RETRY_MILLISECONDS);
    this.#logger.error(`${this.name} could not be read, next try in ${milliseconds / 1000} s: ${reasonOf(error)}`);
    this.#retry = setTimeout(() => this.refresh().catch(() => undefined), milliseconds).unref();
  }
}
