import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Client, type Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DatabaseSchema } from './database-schema.js';

const RETRY_MILLISECONDS = 1000;
/** A silent connection is probed so soon that one which a network dropped without a word is missed in half a minute. */
const KEEP_ALIVE_MILLISECONDS = 10_000;

/**
 * What a listener is told: each message, and that messages may have been missed so that it must read afresh (before
 * `isConnected` is true again).
 */
export interface NotificationListener {
  onMessage(payload: string): void;
  onGap(): void;
}

/** One LISTEN connection for the process: how caches of all nodes on one database hear of a change (PostgreSQL NOTIFY). */
@Injectable()
export class PostgresNotifications implements OnApplicationShutdown {
  readonly #logger = new Logger(PostgresNotifications.name);
  readonly #listeners = new Map<string, NotificationListener[]>();
  readonly #pool: Pool;
  #client: Promise<Client> | undefined;
  #connected = false;
  #hasGap = false;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    dataSource: DataSource,
    private readonly schema: DatabaseSchema,
  ) {
    this.#pool = (dataSource.driver as PostgresDriver).master as Pool;
  }

  /** False while messages may be missed; whoever must not act on stale memory asks the database then. */
  get isConnected(): boolean {
    return this.#connected;
  }

  /**
   * Resolves once the listener hears every message that is committed from now on. The channel is named as the triggers
   * of our schema name it after the schema, such as `clients`.
   */
  async listen(name: string, listener: NotificationListener): Promise<void> {
    const channel = this.schema.prefixed(name);
    const listeners = this.#listeners.get(channel) ?? [];
    this.#listeners.set(channel, [...listeners, listener]);
    this.#client ??= this.#connect();
    const client = await this.#client;
    if (listeners.length === 0) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await (await this.#client?.catch(() => undefined))?.end();
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      ...this.#pool.options,
      application_name: 'gatehouse-listen',
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
    });
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener.onMessage(payload ?? '');
    });
    client.on('error', (error) => this.#logger.warn(`Lost the LISTEN connection: ${error.message}`));
    client.on('end', () => this.#reconnectLater());
    await client.connect();
    for (const channel of this.#listeners.keys()) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    if (this.#hasGap) for (const listener of [...this.#listeners.values()].flat()) listener.onGap();
    this.#hasGap = false;
    this.#connected = true;
    return client;
  }

  /** A failed attempt both rejects and ends; one retry follows from the two. */
  #reconnectLater(): void {
    this.#connected = false;
    this.#hasGap = true;
    if (this.#closed || this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#client = this.#connect();
      this.#client.catch(() => this.#reconnectLater());
    }, RETRY_MILLISECONDS).unref();
  }
}
