import { Client } from 'pg';
import { createTestDatabase } from '../support/test-database.js';

describe('the test database', () => {
  it('is a clone of its own', async () => {
    const database = await createTestDatabase();
    const client = new Client(database.connection);
    await client.connect();
    const { rows } = await client.query('SELECT version()');
    expect(rows[0].version).toMatch(/^PostgreSQL 18/);
    await client.end();
    await database.drop();
  });
});
