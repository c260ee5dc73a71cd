import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { DatabaseSchema } from './database-schema.js';

const TAKEN = 'SELECT FROM gatehouse.migration_steps WHERE name = $1';
const TAKE = 'INSERT INTO gatehouse.migration_steps (name) VALUES ($1)';
const TAKE_BACK = 'DELETE FROM gatehouse.migration_steps WHERE name = $1';

/** A step of the schema's history, hand-written. Its texts name every table with its schema, as `gatehouse.users`. */
export interface Migration {
  /**
   * The name of the step, for example `CreateUsers1795600000001`: its act, and the epoch milliseconds by which TypeORM
   * puts steps in order.
   */
  readonly name: string;
  /** Takes the step. `run` runs its SQL texts one after the other. */
  up(run: RunSql): Promise<void>;
  /** Takes the step back. */
  down(run: RunSql): Promise<void>;
}

/** Runs an SQL text, of one command or several, in the schema of the option. */
export type RunSql = (text: string) => Promise<unknown>;

/**
 * The class by which TypeORM runs a migration in a schema, which is made where it is missing. The schema remembers its
 * steps besides, and a step that was taken is not taken again: TypeORM keeps its history in the first schema of the
 * search path, and for a role that is named as the schema, that is another one as soon as the schema is there.
 */
export function migrationClass(migration: Migration, schema: DatabaseSchema): new () => MigrationInterface {
  const runIn = (runner: QueryRunner) => (text: string) => runner.query(schema.qualify(text));
  return class {
    readonly name = migration.name;

    async up(runner: QueryRunner): Promise<void> {
      const run = runIn(runner);
      await run(schema.creation);
      await run(
        'CREATE TABLE IF NOT EXISTS gatehouse.migration_steps (name text CONSTRAINT migration_steps_pkey PRIMARY KEY)',
      );
      const taken: object[] = await runner.query(schema.qualify(TAKEN), [migration.name]);
      if (taken.length > 0) return;
      await migration.up(run);
      await runner.query(schema.qualify(TAKE), [migration.name]);
    }

    async down(runner: QueryRunner): Promise<void> {
      await migration.down(runIn(runner));
      await runner.query(schema.qualify(TAKE_BACK), [migration.name]);
    }
  };
}

/** The names under which TypeORM keeps the migrations of a data source in its history. */
export function migrationNames({ migrations }: DataSource): string[] {
  return migrations.map((migration) => migration.name ?? migration.constructor.name);
}
