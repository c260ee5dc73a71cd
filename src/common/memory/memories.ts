import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PostgresNotifications } from '../database/postgres-notifications.js';
import { reasonOf } from '../errors/oauth-error.js';
import { KeyedMemory, type KeyedMemorySource } from './keyed-memory.js';
import { Memory, type MemorySource } from './memory.js';

/**
 * The time between two readings. With the reading itself it is well below the ten seconds within which every node must
 * know what another one revoked.
 */
const BETWEEN_READINGS_MILLISECONDS = 5000;

/**
 * Makes every memory of this process, and so can tell readiness which one is stale. Every few seconds each reads what is
 * new, whatever was announced.
 */
@Injectable()
export class Memories implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(Memories.name);
  readonly #memories: Held[] = [];
  #timer: NodeJS.Timeout | undefined;
  #readings = 0;

  constructor(private readonly notifications: PostgresNotifications) {}

  /** Makes a memory of a whole state. The caller starts it. */
  whole<State>(source: MemorySource<State>): Memory<State> {
    const keep = (state: State) => {
      this.#readings += 1;
      source.keep(state);
    };
    const memory = new Memory(this.notifications, { ...source, keep });
    this.#memories.push(memory);
    return memory;
  }

  /** Makes a memory of values by key. The caller starts it. */
  keyed<Value>(source: KeyedMemorySource<Value>): KeyedMemory<Value> {
    const memory = new KeyedMemory(this.notifications, source);
    this.#memories.push(memory);
    return memory;
  }

  /** How often a memory of a whole state was read: another number means that one of them may have changed. */
  get readings(): number {
    return this.#readings;
  }

  /** Every memory with its name, and whether it is stale. */
  get all(): readonly { readonly name: string; readonly isStale: boolean }[] {
    return this.#memories;
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.#catchUp(), BETWEEN_READINGS_MILLISECONDS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
    for (const memory of this.#memories) memory.stop?.();
  }

  #catchUp(): void {
    for (const memory of this.#memories) {
      memory
        .catchUp?.()
        .catch((error: Error) => this.#logger.debug(`${memory.name}: nothing new was read: ${reasonOf(error)}`));
    }
  }
}

interface Held {
  readonly name: string;
  readonly isStale: boolean;
  catchUp?(): Promise<void>;
  stop?(): void;
}
