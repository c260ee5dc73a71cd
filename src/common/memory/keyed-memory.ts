import type { PostgresNotifications } from '../database/postgres-notifications.js';
import { BoundedCache } from './bounded-cache.js';

/** The source of a keyed memory: how values are read, and how the database announces their changes. */
export interface KeyedMemorySource<Value> {
  /** The channel on which the database announces the key of each value that changes; readiness calls it so too. */
  readonly name: string;
  readonly maxEntries: number;
  /** The time after which a value is read anew, should its announcement have been missed. */
  readonly maxAgeMilliseconds: number;
  /** Reads one value; undefined for one that does not exist, which is not kept. */
  load(key: string): Promise<Value | undefined>;
}

/**
 * Values of the database by key, each read when it is first asked for, because they are too many to hold them all. A
 * value is forgotten when its change is announced. All are forgotten after a time in which announcements may have been
 * missed. A value that was read before such a moment is never kept.
 */
export class KeyedMemory<Value> {
  readonly #values: BoundedCache<string, Value>;
  /** Readings under way, each with the version at which it began, so that many who ask at once read once. */
  readonly #readings = new Map<string, { readonly version: number; readonly value: Promise<Value | undefined> }>();
  /** How often any value is known to have changed. */
  #version = 0;

  constructor(
    private readonly notifications: Pick<PostgresNotifications, 'listen' | 'isConnected'>,
    private readonly source: KeyedMemorySource<Value>,
  ) {
    this.#values = new BoundedCache(source.maxEntries, source.maxAgeMilliseconds);
  }

  /** The name of the memory in the readiness report. */
  get name(): string {
    return this.source.name;
  }

  /** True while changes may go unheard: values live on for their time at most, and none is added. */
  get isStale(): boolean {
    return !this.notifications.isConnected;
  }

  /** Begins to listen for changes. */
  start(): Promise<void> {
    return this.notifications.listen(this.name, {
      onMessage: (key) => {
        this.#version += 1;
        this.#values.delete(key);
      },
      onGap: () => {
        this.#version += 1;
        this.#values.clear();
      },
    });
  }

  /** The value of a key; without a promise where it is held. */
  get(key: string): Value | undefined | Promise<Value | undefined> {
    return this.#values.get(key) ?? this.#read(key);
  }

  #read(key: string): Promise<Value | undefined> {
    const version = this.#version;
    const underWay = this.#readings.get(key);
    if (underWay?.version === version) return underWay.value;
    const reading = { version, value: this.#load(key, version) };
    this.#readings.set(key, reading);
    const over = () => {
      if (this.#readings.get(key) === reading) this.#readings.delete(key);
    };
    reading.value.then(over, over);
    return reading.value;
  }

  async #load(key: string, version: number): Promise<Value | undefined> {
    const value = await this.source.load(key);
    if (value !== undefined && version === this.#version && !this.isStale) this.#values.set(key, value);
    return value;
  }
}
