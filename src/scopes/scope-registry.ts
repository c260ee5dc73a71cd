import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { PostgresNotifications } from '../common/database/postgres-notifications.js';
import { ScopeEntity } from './scope.entity.js';

/** The scopes that exist and the sentence for each, from memory; read afresh when any node changes one. */
@Injectable()
export class ScopeRegistry implements OnModuleInit {
  readonly #logger = new Logger(ScopeRegistry.name);
  #descriptions = new Map<string, string>();
  #readings = 0;
  /** The number of the reading that is in memory; one that began before it knows less. */
  #latest = 0;

  constructor(
    @InjectRepository(ScopeEntity) private readonly scopes: Repository<ScopeEntity>,
    private readonly notifications: PostgresNotifications,
  ) {}

  async onModuleInit(): Promise<void> {
    const reload = () => {
      this.reload().catch((error: Error) => this.#logger.error(`Scopes were not read: ${error.message}`));
    };
    await this.notifications.listen('gatehouse_scopes', { onMessage: reload, onGap: reload });
    await this.reload();
  }

  /** Reads all scopes from the database. */
  async reload(): Promise<void> {
    const reading = ++this.#readings;
    const rows = await this.scopes.find();
    if (reading < this.#latest) return;
    this.#latest = reading;
    this.#descriptions = new Map(rows.map(({ name, description }) => [name, description]));
  }

  /** Every scope that may be asked for. */
  get names(): readonly string[] {
    return [...this.#descriptions.keys()];
  }

  /** True for a scope that may be asked for. */
  has(name: string): boolean {
    return this.#descriptions.has(name);
  }

  /** What the scope allows, as a sentence for a person. */
  describe(name: string): string {
    return this.#descriptions.get(name) ?? name;
  }

  /** Stores or overwrites scopes in one statement; whoever does so in a transaction calls `reload` when it is over. */
  async save(
    scopes: readonly { name: string; description: string }[],
    manager: EntityManager = this.scopes.manager,
  ): Promise<void> {
    const conflict = { conflictPaths: ['name'], skipUpdateIfNoValuesChanged: true };
    if (scopes.length > 0) await manager.upsert(ScopeEntity, [...scopes], conflict);
    await this.reload();
  }
}
