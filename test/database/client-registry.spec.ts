import { DataSource } from 'typeorm';
import { ClientRepository } from '../../src/clients/client.repository.js';
import { ClientRegistry } from '../../src/clients/client-registry.js';
import { PostgresNotifications } from '../../src/common/database/postgres-notifications.js';
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
      void get(PostgresNotifications).listen('gatehouse_clients', { onMessage: () => resolve(), onGap: () => {} });
    });
    // The answer of the database is on its way as the client changes, and arrives after the announcement of that.
    const find = repository.find.bind(repository);
    repository.find = async (id) => {
      repository.find = find;
      const client = await find(id);
      await get(DataSource).query("UPDATE clients SET disabled_at = now() WHERE client_id = 'web'");
      await announced;
      return client;
    };
    expect((await get(ClientRegistry).find('web'))?.name).toBe('Before');
    expect(await get(ClientRegistry).find('web')).toBeUndefined();
  });
});
