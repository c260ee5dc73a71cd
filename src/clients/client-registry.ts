import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { PreparedSql, type Sql } from '../common/database/prepared-sql.js';
import { Statement } from '../common/database/statement.js';
import { Table } from '../common/database/table.js';
import type { KeyedMemory } from '../common/memory/keyed-memory.js';
import { Memories } from '../common/memory/memories.js';
import { ClientEntity } from './client.entity.js';
import { Client } from './client.js';
import { ClientSecretEntity } from './client-secret.entity.js';
import type { ClientMetadata } from './metadata/client-metadata.js';
import { ClientMetadataExtensions, toldFaults } from './metadata/client-metadata-extensions.js';
import { SecretUses } from './secret-uses.js';

const CLIENTS = new Table<ClientEntity, 'createdAt' | 'updatedAt'>(ClientEntity);
const CLIENT_SECRETS = new Table<ClientSecretEntity, 'createdAt' | 'id'>(ClientSecretEntity);

interface ClientRow {
  /** As this version or another one wrote it. */
  metadata: unknown;
  secrets: { digest: string; expires_at: string | null }[];
}

const FIND = new Statement(
  'client-by-id',
  `SELECT c.metadata, COALESCE((
     SELECT json_agg(json_build_object('digest', encode(s.digest, 'hex'), 'expires_at', s.expires_at))
     FROM gatehouse.client_secrets s WHERE s.client_id = c.client_id), '[]') AS secrets
   FROM gatehouse.clients c WHERE c.client_id = $1 AND c.disabled_at IS NULL`,
);

const SAVE = new Statement(
  'client-save',
  `${CLIENTS.insertRows('$1')}
   ON CONFLICT (client_id) DO UPDATE SET metadata = excluded.metadata, updated_at = now()
   WHERE stored.metadata <> excluded.metadata`,
);

const DROP_OTHER_SECRETS = new Statement(
  'client-secrets-drop-others',
  'DELETE FROM gatehouse.client_secrets WHERE client_id = $1 AND digest <> ALL ($2::bytea[])',
);

const SAVE_SECRETS = new Statement(
  'client-secrets-save',
  `${CLIENT_SECRETS.insertRows('$1')}
   ON CONFLICT (client_id, digest) DO UPDATE SET expires_at = NULL WHERE stored.expires_at IS NOT NULL`,
);

/** Registered clients in the tables `clients` and `client_secrets`; disabled ones are not found. */
@Injectable()
export class ClientRepository {
  readonly #logger = new Logger(ClientRepository.name);

  constructor(
    private readonly sql: PreparedSql,
    private readonly extensions: ClientMetadataExtensions,
    private readonly uses: SecretUses,
  ) {}

  /** The client with its secrets, in one statement; undefined too, with an error in the log, where its row breaks the rules. */
  async find(clientId: string): Promise<Client | undefined> {
    const row = await this.sql.row<ClientRow>(FIND, [clientId]);
    if (row === undefined) return undefined;
    const { metadata, faults } = this.extensions.readStored(row.metadata);
    if (metadata === undefined) {
      this.#logger.error(`The client ${clientId} is refused, because its row breaks the rules: ${toldFaults(faults)}`);
      return undefined;
    }
    const secrets = row.secrets.map(({ digest, expires_at }) => ({
      digest: Buffer.from(digest, 'hex'),
      expiresAt: expires_at === null ? undefined : new Date(expires_at),
    }));
    return new Client(clientId, metadata, secrets, (secret, at) => this.uses.note(clientId, secret, at));
  }

  /**
   * Stores a client with exactly the secrets that are given. Writes only what differs, so that the memories of all
   * nodes keep an unchanged client, and returns true when anything differed. The work is one transaction, or part of
   * the given one.
   */
  async save(
    clientId: string,
    metadata: ClientMetadata,
    secretDigests: readonly Buffer[],
    transaction?: Sql,
  ): Promise<boolean> {
    const save = async (sql: Sql) => {
      const saved = await sql.count(SAVE, [CLIENTS.rows([{ clientId, metadata }])]);
      const dropped = await sql.count(DROP_OTHER_SECRETS, [clientId, secretDigests]);
      const secrets = CLIENT_SECRETS.rows(secretDigests.map((digest) => ({ clientId, digest })));
      return saved + dropped + (await sql.count(SAVE_SECRETS, [secrets])) > 0;
    };
    return transaction ? save(transaction) : this.sql.transaction(save);
  }
}

/** Registered clients from memory: read once, forgotten when any node changes one, or after five seconds at the latest. */
@Injectable()
export class ClientRegistry implements OnModuleInit {
  readonly #memory: KeyedMemory<Client>;

  constructor(repository: ClientRepository, memories: Memories) {
    this.#memory = memories.keyed({
      name: 'clients',
      maxEntries: 10_000,
      maxAgeMilliseconds: 5000,
      load: (clientId) => repository.find(clientId),
    });
  }

  onModuleInit(): Promise<void> {
    return this.#memory.start();
  }

  /** The client of this id, without a promise where it is in memory; undefined when none is registered. */
  find(clientId: string): Client | undefined | Promise<Client | undefined> {
    return clientId.includes('\0') ? undefined : this.#memory.get(clientId);
  }
}
