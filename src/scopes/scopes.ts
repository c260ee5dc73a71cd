import { Injectable } from '@nestjs/common';
import { checkEntry } from '../common/database/check-entry.js';
import { type ListPage, type ListRequest, readPage } from '../common/database/list-page.js';
import { PreparedSql } from '../common/database/prepared-sql.js';
import { Statement } from '../common/database/statement.js';
import { Table } from '../common/database/table.js';
import { InvalidEntryError } from '../common/errors/invalid-entry.error.js';
import { Events } from '../common/events/events.js';
import { ScopeEntity } from './scope.entity.js';
import { scopeRegistration } from './scope-registration.js';
import { type Scope, ScopeRegistry } from './scope-registry.js';

const SCOPES = new Table(ScopeEntity);
const FOUND = SCOPES.columns('name', 'description');

const FIND = new Statement('scope-find', `SELECT ${FOUND} FROM gatehouse.scopes WHERE name = $1`);

const LIST = new Statement(
  'scopes-list',
  `SELECT ${FOUND} FROM gatehouse.scopes WHERE name > $1 ORDER BY name LIMIT $2`,
);

const CREATE = new Statement('scope-create', `${SCOPES.insertRows('$1')} ON CONFLICT DO NOTHING`);

const UPDATE = new Statement('scope-update', 'UPDATE gatehouse.scopes SET description = $2 WHERE name = $1');

const REMOVE = new Statement('scope-remove', 'DELETE FROM gatehouse.scopes WHERE name = $1');

/**
 * The scopes that clients may ask for: create, find, list, describe anew, remove. Every way in keeps the rules of a
 * bootstrap file, and every node hears of a change at once.
 */
@Injectable()
export class Scopes {
  constructor(
    private readonly sql: PreparedSql,
    private readonly registry: ScopeRegistry,
    private readonly events: Events,
  ) {}

  /** Declares a new scope. Raises InvalidEntryError with all that is wrong, and for a name that is taken. */
  async create(scope: Scope): Promise<void> {
    const checked = checkEntry(scopeRegistration, scope);
    const isNew = (await this.sql.count(CREATE, [SCOPES.rows([checked])])) === 1;
    if (!isNew) throw new InvalidEntryError([{ path: ['name'], problem: `${checked.name} is taken` }]);
    await this.#changed(checked.name);
  }

  /** The scope of this name; undefined where there is none. */
  async find(name: string): Promise<Scope | undefined> {
    return name.includes('\0') ? undefined : this.sql.row<Scope>(FIND, [name]);
  }

  /** One page of all scopes, in the order of their names. */
  list(request: ListRequest = {}): Promise<ListPage<Scope>> {
    return readPage(
      request,
      ({ name }: Scope) => name,
      (after = '', limit) => this.sql.rows<Scope>(LIST, [after, limit]),
    );
  }

  /** Gives a scope another sentence for end users; false where there is no such scope. Raises InvalidEntryError. */
  async describe(name: string, description: string): Promise<boolean> {
    const checked = checkEntry(scopeRegistration, { name, description });
    const isThere = (await this.sql.count(UPDATE, [checked.name, checked.description])) === 1;
    if (isThere) await this.#changed(name);
    return isThere;
  }

  /**
   * Removes a scope, which nobody may ask for from then on; false where there is no such scope. Tokens that have it keep
   * it until they end, and a client that lists it is refused when it asks for it.
   */
  async remove(name: string): Promise<boolean> {
    const isRemoved = !name.includes('\0') && (await this.sql.count(REMOVE, [name])) === 1;
    if (!isRemoved) return false;
    await this.registry.reload();
    this.events.emit({ type: 'scope.removed', name });
    return true;
  }

  async #changed(name: string): Promise<void> {
    await this.registry.reload();
    this.events.emit({ type: 'scope.changed', name });
  }
}
