import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { reasonOf } from '../errors/oauth-error.js';
import { backOffMilliseconds } from '../time/back-off.js';
import { DatabaseOptions } from './database.options.js';
import { DatabaseSchema } from './database-schema.js';
import { DeafConnectionError } from './deaf-connection.error.js';
import { ListenConnection } from './listen-connection.js';
import { OWN_DATA_SOURCE } from './own-data-source.js';
import { connectionOf } from './own-pool.js';
import { PreparedSql } from './prepared-sql.js';
import { Statement } from './statement.js';

const FIRST_RETRY_MILLISECONDS = 250;
/** The longest pause between two tries: so short that a node is ready within seconds of the database. */
const LONGEST_RETRY_MILLISECONDS = 2000;
const BETWEEN_BEATS_MILLISECONDS = 2000;
/** How long after its commit a beat may take to come back. */
const BEAT_LIMIT_MILLISECONDS = 3000;
/** For how long a beat that came back counts, where the next cannot be sent because every connection is busy. */
const BELIEF_MILLISECONDS = 10_000;

const SEND_BEAT = new Statement('heartbeat-send', 'SELECT pg_notify($1, $2)');

/**
 * A listener to one channel. It is told each message. It is also told when messages may have been missed, so that it
 * reads afresh before `isConnected` is true again.
 */
export interface NotificationListener {
  onMessage(payload: string): void;
  onGap(): void;
}

/**
 * One LISTEN connection for the process: how caches of all nodes on one database hear of a change (PostgreSQL NOTIFY).
 *
 * It is believed only while a heartbeat that goes out by the pool, as all changes do, comes back by it: a connection
 * may be open and deaf behind a pooler, or when it is left at a server which another one has replaced.
 */
@Injectable()
export class PostgresNotifications implements OnApplicationShutdown {
  readonly #logger = new Logger(PostgresNotifications.name);
  readonly #listeners = new Map<string, NotificationListener[]>();
  readonly #pool: Pool;
  /** The channel of the heartbeat of this node alone, so that no node wakes for that of another. */
  readonly #heartbeat: string;
  #connection: ListenConnection | undefined;
  #started: Promise<void> | undefined;
  #believedUntil = 0;
  /** The same instant by the wall clock, since the monotonic clock stands still while a machine sleeps. */
  #believedUntilDate = 0;
  #hasGap = false;
  #lastComplaint = '';
  #beatHeard: (beat: string) => void = () => undefined;
  readonly #closing = new AbortController();

  constructor(
    @Inject(OWN_DATA_SOURCE) dataSource: DataSource,
    private readonly sql: PreparedSql,
    private readonly schema: DatabaseSchema,
    private readonly options: DatabaseOptions,
  ) {
    this.#pool = (dataSource.driver as PostgresDriver).master as Pool;
    this.#heartbeat = schema.prefixed(`beat.${randomBytes(8).toString('hex')}`);
  }

  /** False while messages may be missed. Code that must not act on stale memory then asks the database. */
  get isConnected(): boolean {
    return performance.now() < this.#believedUntil && Date.now() < this.#believedUntilDate;
  }

  /**
   * Resolves once the listener hears every message that is committed from now on. The channel is named as the triggers
   * of our schema name it after the schema, such as `clients`. Raises DeafConnectionError where the first heartbeat does
   * not come back.
   */
  async listen(name: string, listener: NotificationListener): Promise<void> {
    const channel = this.schema.prefixed(name);
    const listeners = this.#listeners.get(channel) ?? [];
    this.#listeners.set(channel, [...listeners, listener]);
    this.#started ??= this.#start();
    await this.#started;
    if (listeners.length === 0) await this.#connection?.listen(channel);
  }

  onApplicationShutdown(): void {
    this.#closing.abort();
    this.#end();
  }

  /** The first connection, on which a start depends; what follows goes on by itself. */
  async #start(): Promise<void> {
    const connection = await this.#connect();
    try {
      await this.#beat(connection);
    } catch (error) {
      this.#end();
      throw error;
    }
    void this.#keep(connection);
  }

  async #connect(): Promise<ListenConnection> {
    const { directUrl } = this.options;
    const config = { ...connectionOf(this.#pool), ...(directUrl !== undefined && { connectionString: directUrl }) };
    const channels = [this.#heartbeat, ...this.#listeners.keys()];
    const connection = await ListenConnection.open(config, channels, (channel, payload) => {
      if (channel === this.#heartbeat) this.#beatHeard(payload);
      for (const listener of this.#listeners.get(channel) ?? []) listener.onMessage(payload);
    });
    this.#connection = connection;
    if (this.#isClosed) this.#end();
    return connection;
  }

  /** Beats on a connection until it fails, then opens the next one, and so on until this is closed. */
  async #keep(first: ListenConnection): Promise<void> {
    let connection: ListenConnection | undefined = first;
    for (let failures = 0; !this.#isClosed; ) {
      try {
        connection ??= await this.#connect();
        for (;;) {
          await this.#beat(connection);
          failures = 0;
          await Promise.race([connection.ended, this.#pause(BETWEEN_BEATS_MILLISECONDS)]);
        }
      } catch (error) {
        if (this.#isClosed) return;
        this.#end();
        connection = undefined;
        failures += 1;
        this.#complain(`Announcements of other nodes are not heard: ${reasonOf(error)}`);
        const wait = backOffMilliseconds(failures, FIRST_RETRY_MILLISECONDS, LONGEST_RETRY_MILLISECONDS);
        await this.#pause(wait).catch(() => undefined);
      }
    }
  }

  /**
   * Resolves when a heartbeat came back, or could not be sent, which says nothing of this connection. Rejects when the
   * connection ended, or when the heartbeat was sent and did not come back.
   */
  async #beat(connection: ListenConnection): Promise<void> {
    const beat = randomBytes(8).toString('hex');
    const heard = new Promise<void>((resolve) => {
      this.#beatHeard = (payload) => payload === beat && resolve();
    });
    const sent = this.sql.row(SEND_BEAT, [this.#heartbeat, beat]).then(
      () => true,
      () => false,
    );
    if (!(await Promise.race([sent, connection.ended]))) return;
    await this.#inTime(Promise.race([heard, connection.ended]));
    if (this.#hasGap) for (const listener of [...this.#listeners.values()].flat()) listener.onGap();
    this.#hasGap = false;
    this.#believedUntil = performance.now() + BELIEF_MILLISECONDS;
    this.#believedUntilDate = Date.now() + BELIEF_MILLISECONDS;
    if (this.#lastComplaint !== '') this.#complain('');
  }

  /**
   * Rejects when the heartbeat was not read in time, though it may have arrived, because the process may have stood
   * still meanwhile.
   */
  async #inTime(heard: Promise<void>): Promise<void> {
    const over = new AbortController();
    const late = delay(BEAT_LIMIT_MILLISECONDS, undefined, { ref: false, signal: over.signal })
      .then(() => new Promise(setImmediate))
      .then(() => new Promise(setImmediate))
      .then(() => Promise.reject(new DeafConnectionError()));
    try {
      await Promise.race([heard, late]);
    } finally {
      over.abort();
    }
  }

  /** Nothing is believed until another connection has brought a heartbeat back. */
  #end(): void {
    this.#connection?.close();
    this.#connection = undefined;
    this.#believedUntil = 0;
    this.#hasGap = true;
  }

  /** Logs each complaint once, however often the connection is tried again. */
  #complain(complaint: string): void {
    if (complaint !== this.#lastComplaint)
      this.#logger.warn(complaint || 'Announcements of other nodes are heard again');
    this.#lastComplaint = complaint;
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Pauses. Rejects when the notifications are closed meanwhile. */
  #pause(milliseconds: number): Promise<void> {
    return delay(milliseconds, undefined, { ref: false, signal: this.#closing.signal });
  }
}
