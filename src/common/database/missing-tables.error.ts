/** The database has no tables of Gatehouse in the schema of the option: the application cannot start. */
export class MissingTablesError extends Error {
  override readonly name = 'MissingTablesError';

  /** Takes the name of the schema. */
  constructor(schema: string) {
    super(
      `There are no tables of Gatehouse in the schema "${schema}" of this database. Either give ` +
        `migrationsIn('${schema}') to your TypeORM data source as its migrations and have it run them (migrationsRun: ` +
        `true, or the TypeORM command), or run "DATABASE_URL=… DATABASE_SCHEMA=${schema} gatehouse migrate".`,
    );
  }
}
