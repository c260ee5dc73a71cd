import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { PreparedSql } from '../common/database/prepared-sql.js';
import { Statement } from '../common/database/statement.js';
import type { ClientSecret } from './client.js';

const MINUTE_MILLISECONDS = 60_000;

const WRITE = new Statement(
  'client-secrets-used',
  `UPDATE gatehouse.client_secrets s SET last_used_at = used.at
   FROM (SELECT client_id, digest, max(at) AS at
         FROM unnest($1::text[], $2::bytea[], $3::timestamptz[]) AS each (client_id, digest, at)
         GROUP BY client_id, digest) used
   WHERE s.client_id = used.client_id AND s.digest = used.digest
     AND (s.last_used_at IS NULL OR s.last_used_at < used.at)`,
);

interface Use {
  readonly clientId: string;
  readonly at: Date;
}

/**
 * The last use of each secret of a client. Uses are kept in memory and written once a minute and at the stop, so that a
 * token request costs no statement for them.
 */
@Injectable()
export class SecretUses implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(SecretUses.name);
  #uses = new Map<ClientSecret, Use>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly sql: PreparedSql) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.write(), MINUTE_MILLISECONDS).unref();
  }

  beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    return this.write();
  }

  /** Notes that a secret has proven its client. */
  note(clientId: string, secret: ClientSecret, at: Date): void {
    this.#uses.set(secret, { clientId, at });
  }

  /** Writes what this process has noted; the next writing tries again where that fails. */
  async write(): Promise<void> {
    if (this.#uses.size === 0) return;
    const uses = this.#uses;
    this.#uses = new Map();
    const all = [...uses].map(([{ digest }, { clientId, at }]) => ({ clientId, digest, at }));
    const columns = [all.map(({ clientId }) => clientId), all.map(({ digest }) => digest), all.map(({ at }) => at)];
    await this.sql.count(WRITE, columns).catch((error: Error) => {
      this.#uses = new Map([...uses, ...this.#uses]);
      this.#logger.debug(`The last uses of client secrets were not written: ${error.message}`);
    });
  }
}
