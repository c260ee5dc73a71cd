import { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';

/**
 * How long a connection may be silent before it is probed: so short that one which the network dropped is noticed
 * within half a minute.
 */
const KEEP_ALIVE_MILLISECONDS = 10_000;

/** A connection that hears the notices of its channels (PostgreSQL LISTEN). */
export class ListenConnection {
  /** Rejects, with the reason, when the connection ends or breaks; it never resolves. */
  readonly ended: Promise<never>;
  readonly #client: Client;
  /** A socket of our own, so that a connection to a server which does not answer any more can be ended all the same. */
  readonly #socket = new Socket();
  #lastListen: Promise<void> = Promise.resolve();

  private constructor(config: ClientConfig, onMessage: (channel: string, payload: string) => void) {
    const stream = () => this.#socket;
    const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS };
    this.#client = new Client({ ...config, ...keepAlive, application_name: 'gatehouse-listen', stream });
    this.#client.on('notification', ({ channel, payload }) => onMessage(channel, payload ?? ''));
    this.ended = new Promise((_, reject) => {
      this.#client.on('error', reject);
      this.#client.on('end', () => reject(new Error('the server ended the connection')));
    });
    this.ended.catch(() => undefined);
  }

  /** Opens a connection. Where that fails halfway, as on a standby server, nothing stays open. */
  static async open(
    config: ClientConfig,
    channels: Iterable<string>,
    onMessage: (channel: string, payload: string) => void,
  ): Promise<ListenConnection> {
    const connection = new ListenConnection(config, onMessage);
    try {
      await connection.#client.connect();
      for (const channel of channels) await connection.listen(channel);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Hears one more channel. Calls at the same time take turns. */
  listen(channel: string): Promise<void> {
    this.#lastListen = this.#lastListen.then(async () => {
      await this.#client.query(`LISTEN ${this.#client.escapeIdentifier(channel)}`);
    });
    return this.#lastListen;
  }

  /** Takes leave of the server, and waits for no answer. */
  close(): void {
    this.#client.end().catch(() => undefined);
    this.#socket.destroySoon();
  }
}
