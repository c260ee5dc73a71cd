import { Client } from 'pg';
import { EmbeddedPostgres } from '../../src/app/database/embedded-postgres.js';

// A process for embedded-postgres.spec.ts: writes numbers and prints each one after PostgreSQL acknowledged it.
const postgres = await EmbeddedPostgres.start({ dataFolder: process.argv[2] ?? '' });
const client = new Client(postgres.connection);
await client.connect();
await client.query('CREATE TABLE number (value int PRIMARY KEY)');
for (let value = 1; ; value++) {
  await client.query('INSERT INTO number VALUES ($1)', [value]);
  process.stdout.write(`${value}\n`);
}
