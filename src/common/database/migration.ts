import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DatabaseSchema } from './database-schema.js';

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

/** The class by which TypeORM runs a migration in a schema, which is made where it is missing. */
export function migrationClass(migration: Migration, schema: DatabaseSchema): new () => MigrationInterface {
  const runIn = (runner: QueryRunner) => (text: string) => runner.query(schema.qualify(text));
  return class {
    readonly name = migration.name;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(schema.creation);
      await migration.up(runIn(runner));
    }

    async down(runner: QueryRunner): Promise<void> {
      await migration.down(runIn(runner));
    }
  };
}
