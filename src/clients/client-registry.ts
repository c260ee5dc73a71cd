import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { KeyedMemory } from '../common/memory/keyed-memory.js';
import { Memories } from '../common/memory/memories.js';
import type { Client } from './client.js';
import { ClientRepository } from './client.repository.js';

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
