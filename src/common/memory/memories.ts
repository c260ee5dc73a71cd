import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PostgresNotifications } from '../database/postgres-notifications.js';
import { KeyedMemory, type KeyedMemorySource } from './keyed-memory.js';
import { Memory, type MemorySource } from './memory.js';

/** Makes every memory of this process, and so can tell readiness which one is stale. */
@Injectable()
export class Memories implements OnApplicationShutdown {
  readonly #memories: { readonly name: string; readonly isStale: boolean; stop?(): void }[] = [];

  constructor(private readonly notifications: PostgresNotifications) {}

  /** A memory of a whole state; whoever asks for it starts it. */
  whole<State>(source: MemorySource<State>): Memory<State> {
    const memory = new Memory(this.notifications, source);
    this.#memories.push(memory);
    return memory;
  }

  /** A memory of values by key; whoever asks for it starts it. */
  keyed<Value>(source: KeyedMemorySource<Value>): KeyedMemory<Value> {
    const memory = new KeyedMemory(this.notifications, source);
    this.#memories.push(memory);
    return memory;
  }

  /** Every memory with its name, and whether it is stale. */
  get all(): readonly { readonly name: string; readonly isStale: boolean }[] {
    return this.#memories;
  }

  onApplicationShutdown(): void {
    for (const memory of this.#memories) memory.stop?.();
  }
}
