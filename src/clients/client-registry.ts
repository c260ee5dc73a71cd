import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PostgresNotifications } from '../common/database/postgres-notifications.js';
import { BoundedCache } from '../common/memory/bounded-cache.js';
import type { Client } from './client.js';
import { ClientRepository } from './client.repository.js';

const MAX_CLIENTS = 10_000;
const MAX_AGE_MILLISECONDS = 60_000;

/** Registered clients from memory: read once, forgotten when any node changes one, or after a minute at the latest. */
@Injectable()
export class ClientRegistry implements OnModuleInit {
  readonly #cache = new BoundedCache<string, Client>(MAX_CLIENTS, MAX_AGE_MILLISECONDS);
  /** Announcements so far: what was read before one may be older than what it tells of. */
  #heard = 0;

  constructor(
    private readonly repository: ClientRepository,
    private readonly notifications: PostgresNotifications,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.notifications.listen('clients', {
      onMessage: (clientId) => {
        this.#heard += 1;
        this.#cache.delete(clientId);
      },
      onGap: () => {
        this.#heard += 1;
        this.#cache.clear();
      },
    });
  }

  /** The client, at once if it is in memory; undefined when none is registered under this id. */
  find(clientId: string): Client | undefined | Promise<Client | undefined> {
    return this.#cache.get(clientId) ?? this.#read(clientId);
  }

  async #read(clientId: string): Promise<Client | undefined> {
    if (clientId.includes('\0')) return undefined;
    const heardBefore = this.#heard;
    const client = await this.repository.find(clientId);
    const isLatest = heardBefore === this.#heard && this.notifications.isConnected;
    if (client !== undefined && isLatest) this.#cache.set(clientId, client);
    return client;
  }
}
