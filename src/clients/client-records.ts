import { Injectable } from '@nestjs/common';
import { type ListPage, type ListRequest, readPage } from '../common/database/list-page.js';
import { PreparedSql, type Sql } from '../common/database/prepared-sql.js';
import { Statement } from '../common/database/statement.js';
import type { ClientMetadata } from './metadata/client-metadata.js';
import { ClientMetadataExtensions, toldFaults } from './metadata/client-metadata-extensions.js';

/** A secret of a client as an operator sees it: nothing of the secret itself. */
export interface ClientSecretRecord {
  /** Names the secret; it tells nothing of the secret. */
  readonly id: string;
  readonly createdAt: Date;
  /** The last time that the secret proved the client, up to a minute late; undefined for one that never did. */
  readonly lastUsedAt: Date | undefined;
  /** When the secret ends or has ended; undefined for one that is good until it is removed. */
  readonly expiresAt: Date | undefined;
}

/** A client as an operator sees it, disabled or not. */
export interface ClientRecord {
  readonly clientId: string;
  /** The metadata with their defaults; as they are stored where `problem` is told. */
  readonly metadata: ClientMetadata;
  /** Why the client is refused although it is stored: its row breaks the rules. Undefined for every other client. */
  readonly problem: string | undefined;
  readonly secrets: readonly ClientSecretRecord[];
  /** Since when the client is disabled; undefined for one that is not. */
  readonly disabledAt: Date | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface Row {
  readonly clientId: string;
  readonly metadata: unknown;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly secrets: readonly { id: string; createdAt: string; lastUsedAt: string | null; expiresAt: string | null }[];
}

const RECORD = `SELECT c.client_id AS "clientId", c.metadata, c.disabled_at AS "disabledAt", c.created_at AS "createdAt",
   c.updated_at AS "updatedAt", COALESCE((
     SELECT json_agg(json_build_object('id', s.id, 'createdAt', s.created_at, 'lastUsedAt', s.last_used_at,
       'expiresAt', s.expires_at) ORDER BY s.created_at, s.id)
     FROM gatehouse.client_secrets s WHERE s.client_id = c.client_id), '[]') AS secrets
   FROM gatehouse.clients c`;

const FIND = new Statement('client-record', `${RECORD} WHERE c.client_id = $1`);
const LOCK = new Statement('client-lock', 'SELECT FROM gatehouse.clients WHERE client_id = $1 FOR UPDATE');

const LIST = new Statement('client-records', `${RECORD} WHERE c.client_id > $1 ORDER BY c.client_id LIMIT $2`);

const CREATE = new Statement(
  'client-create',
  'INSERT INTO gatehouse.clients (client_id, metadata) VALUES ($1, $2::jsonb) ON CONFLICT DO NOTHING',
);

const UPDATE = new Statement(
  'client-update',
  `UPDATE gatehouse.clients SET metadata = $2::jsonb, updated_at = now()
   WHERE client_id = $1 AND metadata <> $2::jsonb`,
);

const DISABLE = new Statement(
  'client-disable',
  'UPDATE gatehouse.clients SET disabled_at = now(), updated_at = now() WHERE client_id = $1 AND disabled_at IS NULL',
);

const ENABLE = new Statement(
  'client-enable',
  'UPDATE gatehouse.clients SET disabled_at = NULL, updated_at = now() WHERE client_id = $1 AND disabled_at IS NOT NULL',
);

const REMOVE = new Statement('client-remove', 'DELETE FROM gatehouse.clients WHERE client_id = $1');

const END_SECRETS = new Statement(
  'client-secrets-end',
  `UPDATE gatehouse.client_secrets SET expires_at = $2::timestamptz
   WHERE client_id = $1 AND (expires_at IS NULL OR expires_at > $2::timestamptz)`,
);

const DROP_ENDED_SECRETS = new Statement(
  'client-secrets-drop-ended',
  'DELETE FROM gatehouse.client_secrets WHERE client_id = $1 AND expires_at <= $2::timestamptz',
);

const ADD_SECRET = new Statement(
  'client-secret-add',
  'INSERT INTO gatehouse.client_secrets (client_id, digest) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);

const REMOVE_SECRET = new Statement(
  'client-secret-remove',
  'DELETE FROM gatehouse.client_secrets WHERE client_id = $1 AND id::text = $2',
);

/** Registered clients as operators see and change them, disabled ones included. */
@Injectable()
export class ClientRecords {
  constructor(
    private readonly sql: PreparedSql,
    private readonly extensions: ClientMetadataExtensions,
  ) {}

  /** The client of this id; undefined where none is registered. */
  async find(clientId: string, sql: Sql = this.sql): Promise<ClientRecord | undefined> {
    const row = await sql.row<Row>(FIND, [clientId]);
    return row && this.#recordOf(row);
  }

  /** The client of this id, which nobody else changes until the transaction is over. */
  async lock(clientId: string, transaction: Sql): Promise<ClientRecord | undefined> {
    return (await transaction.row(LOCK, [clientId])) && this.find(clientId, transaction);
  }

  /** One page of all clients, in the order of their ids. */
  list(request: ListRequest): Promise<ListPage<ClientRecord>> {
    return readPage(
      request,
      ({ clientId }: ClientRecord) => clientId,
      async (after = '', limit) => (await this.sql.rows<Row>(LIST, [after, limit])).map((row) => this.#recordOf(row)),
    );
  }

  /** Stores a new client without secrets; false where the id is taken. */
  async create(clientId: string, metadata: ClientMetadata, sql: Sql): Promise<boolean> {
    return (await sql.count(CREATE, [clientId, JSON.stringify(metadata)])) === 1;
  }

  /** Replaces the metadata; false where they are the same. */
  async update(clientId: string, metadata: ClientMetadata, sql: Sql): Promise<boolean> {
    return (await sql.count(UPDATE, [clientId, JSON.stringify(metadata)])) === 1;
  }

  /** Takes a client out of use; false where none is in use. Triggers end its tokens. */
  async disable(clientId: string): Promise<boolean> {
    return (await this.sql.count(DISABLE, [clientId])) === 1;
  }

  /** Takes a disabled client into use again; false where none is disabled. */
  async enable(clientId: string): Promise<boolean> {
    return (await this.sql.count(ENABLE, [clientId])) === 1;
  }

  /** Removes a client with its secrets; false where none is registered. Triggers end its tokens. */
  async remove(clientId: string): Promise<boolean> {
    return (await this.sql.count(REMOVE, [clientId])) === 1;
  }

  /** Adds a secret, and ends every other one at `othersEndAt` or when it ends anyway. Those that have ended are dropped. */
  async rotate(clientId: string, digest: Buffer, now: Date, othersEndAt: Date, sql: Sql): Promise<void> {
    await sql.count(END_SECRETS, [clientId, othersEndAt]);
    await sql.count(DROP_ENDED_SECRETS, [clientId, now]);
    await this.addSecret(clientId, digest, sql);
  }

  /** Adds a secret that is good until it is removed. */
  async addSecret(clientId: string, digest: Buffer, sql: Sql): Promise<void> {
    await sql.count(ADD_SECRET, [clientId, digest]);
  }

  /** Removes a secret by its id; false where the client has none of this id. */
  async removeSecret(clientId: string, secretId: string, sql: Sql): Promise<boolean> {
    return (await sql.count(REMOVE_SECRET, [clientId, secretId])) === 1;
  }

  #recordOf({ clientId, metadata: stored, secrets, disabledAt, createdAt, updatedAt }: Row): ClientRecord {
    const { metadata, faults } = this.extensions.readStored(stored);
    return {
      clientId,
      metadata: metadata ?? (stored as ClientMetadata),
      problem: metadata === undefined ? toldFaults(faults) : undefined,
      secrets: secrets.map((secret) => ({
        id: secret.id,
        createdAt: new Date(secret.createdAt),
        lastUsedAt: secret.lastUsedAt === null ? undefined : new Date(secret.lastUsedAt),
        expiresAt: secret.expiresAt === null ? undefined : new Date(secret.expiresAt),
      })),
      disabledAt: disabledAt ?? undefined,
      createdAt,
      updatedAt,
    };
  }
}
