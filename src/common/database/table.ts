import { getMetadataArgsStorage } from 'typeorm';

interface StoredColumn {
  /** The entity's property. */
  readonly property: string;
  /** The name in the database. */
  readonly name: string;
  /** The type as SQL names it, such as `text[]`. */
  readonly type: string;
  /** The default as SQL writes it; undefined without one. */
  readonly defaultSql: string | undefined;
}

/**
 * Columns as SELECT and RETURNING list them, each under the name of its property, so that a row that comes back is a
 * part of the entity as it is: `auth_time AS "authTime"`. Write them into an SQL text as `${columns}`.
 */
export class Columns<Row extends object> {
  /** The type of a row of these columns; never set at run time. */
  declare readonly row: Row;
  readonly #text: (alias: string) => string;

  constructor(columns: readonly StoredColumn[]) {
    this.#text = (prefix) => columns.map(({ name, property }) => `${prefix}${name} AS "${property}"`).join(', ');
  }

  /** The same columns of a table under an alias: `of('f')` gives `f.auth_time AS "authTime"`. */
  of(alias: string): string {
    return this.#text(`${alias}.`);
  }

  toString(): string {
    return this.#text('');
  }
}

/** The type of a row that these columns select. */
export type RowOf<Selected extends Columns<object>> = Selected['row'];

type NullableKey<Entity> = { [Key in keyof Entity]: null extends Entity[Key] ? Key : never }[keyof Entity];

/** A row on its way into a table. Columns that may be null may be left out, and so may those that `Defaulted` names. */
export type NewRow<Entity, Defaulted extends keyof Entity = never> = Omit<Entity, NullableKey<Entity> | Defaulted> & {
  readonly [Key in NullableKey<Entity> | Defaulted]?: Entity[Key] | undefined;
};

/**
 * A table as the TypeORM decorators of its entity describe it: the lists of columns in our SQL are made from them, once,
 * when the module is loaded. `Defaulted` names the columns that the database fills where a new row leaves them out.
 */
export class Table<Entity extends object, Defaulted extends keyof Entity = never> {
  /** The name without the schema. */
  readonly name: string;
  readonly #columns: readonly StoredColumn[];

  constructor(entity: new () => Entity) {
    this.name = nameOf(entity);
    this.#columns = columnsOf(entity);
  }

  /** The name as SQL texts write it: `gatehouse.access_tokens`. */
  get qualifiedName(): string {
    return `gatehouse.${this.name}`;
  }

  /** True for a property that is a column. */
  hasColumn(property: string): boolean {
    return this.#columns.some((column) => column.property === property);
  }

  /** Some columns, for SELECT and RETURNING. Throws an Error for a property that is no column. */
  columns<Key extends keyof Entity & string>(...properties: readonly Key[]): Columns<Pick<Entity, Key>> {
    const find = (key: string) => this.#columns.find(({ property }) => property === key) ?? notAColumn(this.name, key);
    return new Columns(properties.map(find));
  }

  /**
   * The INSERT of any number of rows that `rows` wrote into a parameter such as `$1`. With `ifAny`, the name of a
   * common table expression of one row or none, rows are inserted only where that has one. Columns are named, so that a
   * column which a newer version adds takes its default.
   */
  insertRows(parameter: `$${number}`, ifAny?: string): string {
    const names = this.#columns.map(({ name }) => name).join(', ');
    const definitions = this.#columns.map(({ property, type }) => `"${property}" ${type}`).join(', ');
    const values = this.#columns.map(({ property, defaultSql }) =>
      defaultSql === undefined ? `new."${property}"` : `COALESCE(new."${property}", ${defaultSql})`,
    );
    return `INSERT INTO ${this.qualifiedName} AS stored (${names}) SELECT ${values.join(', ')}
      FROM ${ifAny ? `${ifAny}, ` : ''}json_to_recordset(${parameter}::json) AS new(${definitions})`;
  }

  /**
   * The INSERT of one row whose values come as parameters of their own, one for each column in the order of `values`,
   * which costs half as much as a row in JSON. `next` gives the next parameter, such as `$4`.
   */
  insertRow(next: () => `$${number}`, ifAny: string): string {
    const names = this.#columns.map(({ name }) => name).join(', ');
    const values = this.#columns.map(({ type, defaultSql }) =>
      defaultSql === undefined ? `${next()}::${type}` : `COALESCE(${next()}::${type}, ${defaultSql})`,
    );
    return `INSERT INTO ${this.qualifiedName} AS stored (${names}) SELECT ${values.join(', ')} FROM ${ifAny}`;
  }

  /** The parameters of `insertRow`. Members that are no columns are left out. */
  values(row: NewRow<Entity, Defaulted>): unknown[] {
    const members = row as Record<string, unknown>;
    return this.#columns.map(({ property, type }) => {
      const value = members[property];
      return type === 'jsonb' && value !== undefined && value !== null ? JSON.stringify(value) : value;
    });
  }

  /** The rows as the parameter of `insertRows`. Members that are no columns are left out. */
  rows(rows: readonly NewRow<Entity, Defaulted>[]): string {
    return JSON.stringify(rows.map((row) => this.#written(row as Record<string, unknown>)));
  }

  #written(row: Readonly<Record<string, unknown>>): object {
    const written: Record<string, unknown> = {};
    for (const { property } of this.#columns) {
      const value = row[property];
      written[property] = Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
    }
    return written;
  }
}

function nameOf(entity: new () => object): string {
  const name = getMetadataArgsStorage().tables.find(({ target }) => target === entity)?.name;
  if (name === undefined) throw new Error(`${entity.name} is no entity with the name of a table`);
  return name;
}

function columnsOf(entity: new () => object): StoredColumn[] {
  const { columns, generations } = getMetadataArgsStorage();
  const generated = generations.filter(({ target }) => target === entity).map(({ propertyName }) => propertyName);
  return columns
    .filter(({ target }) => target === entity)
    .map(({ propertyName: property, options: { name = property, type, array, default: byDefault } }) => ({
      property,
      name,
      type: `${String(type)}${array ? '[]' : ''}`,
      defaultSql: generated.includes(property) ? 'gen_random_uuid()' : defaultSqlOf(byDefault),
    }));
}

/**
 * The SQL of a default as decorators write it: a function that gives SQL, a plain value, or an empty array or object.
 */
function defaultSqlOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'function') return String(value());
  return typeof value === 'object' ? "'{}'" : String(value);
}

function notAColumn(table: string, property: string): never {
  throw new Error(`${table} has no column for ${property}`);
}
