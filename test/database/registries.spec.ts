import { DataSource } from 'typeorm';
import { ClientRepository } from '../../src/clients/client.repository.js';
import { ClientRegistry } from '../../src/clients/client-registry.js';
import { PostgresNotifications } from '../../src/common/database/postgres-notifications.js';
import { PreparedSql } from '../../src/common/database/prepared-sql.js';
import { ScopeRegistry } from '../../src/scopes/scope-registry.js';
import { TestApp } from '../support/test-app.js';

describe('A client that is read while it is changed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('is not kept as it was before', async () => {
    const get = <Type>(type: new (...parameters: never[]) => Type) => app.nest.get<Type>(type, { strict: false });
    const repository = get(ClientRepository);
    await app.registerClient('web', { redirect_uris: ['https://client.example/'], client_name: 'Before' });
    const announced = new Promise<void>((resolve) => {
      void get(PostgresNotifications).listen('clients', { onMessage: () => resolve(), onGap: () => {} });
    });
    // The answer of the database is on its way as the client changes, and arrives after the announcement of that.
    const find = repository.find.bind(repository);
    repository.find = async (id) => {
      repository.find = find;
      const client = await find(id);
      await get(DataSource).query("UPDATE gatehouse.clients SET disabled_at = now() WHERE client_id = 'web'");
      await announced;
      return client;
    };
    expect((await get(ClientRegistry).find('web'))?.name).toBe('Before');
    expect(await get(ClientRegistry).find('web')).toBeUndefined();
  });
});

describe('Scopes that are read while they are changed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('are not kept as they were before', async () => {
    const registry = app.nest.get(ScopeRegistry, { strict: false });
    const sql = app.nest.get(PreparedSql);
    const read = sql.rows.bind(sql);
    // The first answer of the database arrives after the second.
    sql.rows = async (...query) => {
      sql.rows = read;
      const rows = await read(...query);
      await registry.save([{ name: 'invoices', description: 'Read your invoices' }]);
      return rows as never;
    };
    await registry.reload();
    expect(registry.has('invoices')).toBe(true);
  });
});
