import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PreparedSql, type Statement } from '../common/database/prepared-sql.js';
import { ClientEntity } from './client.entity.js';
import { Client } from './client.js';
import type { ClientMetadata } from './client-metadata.js';
import { ClientSecretEntity } from './client-secret.entity.js';

interface ClientRow {
  metadata: ClientMetadata;
  secrets: { digest: string; expires_at: string | null }[];
}

const FIND: Statement = {
  name: 'client-by-id',
  text: `SELECT c.metadata, COALESCE((
           SELECT json_agg(json_build_object('digest', encode(s.digest, 'hex'), 'expires_at', s.expires_at))
           FROM client_secrets s WHERE s.client_id = c.client_id), '[]') AS secrets
         FROM clients c WHERE c.client_id = $1 AND c.disabled_at IS NULL`,
};

/** Registered clients in the tables `clients` and `client_secrets`; disabled ones are not found. */
@Injectable()
export class ClientRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly dataSource: DataSource,
  ) {}

  /** The client with its secrets, in one statement. */
  async find(clientId: string): Promise<Client | undefined> {
    const row = await this.sql.row<ClientRow>(FIND, [clientId]);
    if (row === undefined) return undefined;
    const secrets = row.secrets.map(({ digest, expires_at }) => ({
      digest: Buffer.from(digest, 'hex'),
      expiresAt: expires_at === null ? undefined : new Date(expires_at),
    }));
    return new Client(clientId, row.metadata, secrets);
  }

  /** Stores or overwrites a client and adds the secrets of these digests to those it has; one transaction. */
  async save(clientId: string, metadata: ClientMetadata, secretDigests: readonly Buffer[]): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager
        .createQueryBuilder()
        .insert()
        .into(ClientEntity)
        .values({ clientId, metadata, updatedAt: () => 'now()' })
        .orUpdate(['metadata', 'updated_at'], ['client_id'])
        .execute();
      if (secretDigests.length === 0) return;
      await manager
        .createQueryBuilder()
        .insert()
        .into(ClientSecretEntity)
        .values(secretDigests.map((digest) => ({ clientId, digest })))
        .orIgnore()
        .execute();
    });
  }
}
