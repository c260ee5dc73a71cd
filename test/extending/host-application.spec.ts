import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GatehouseModule, migrations } from 'gatehouse';
import { HostModule } from '../../examples/host-application/host.module.js';
import { aClient, SECRET } from '../support/client-builder.js';
import { basic } from '../support/test-app.js';
import { createHostDatabase, type TestDatabase } from '../support/test-database.js';

describe('an application of its own that imports GatehouseModule and changes nothing in main.ts', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    database = await createHostDatabase();
    const { user: username, ...connection } = database.connection;
    const host = HostModule.forRoot({ ...connection, username }, 'http://localhost:1', database.secretKeys);
    const module = await Test.createTestingModule({ imports: [host] }).compile();
    app = module.createNestApplication<NestExpressApplication>({ logger: ['fatal'] });
    await app.listen(0);
    url = (await app.getUrl()).replace('[::1]', 'localhost');
    await aClient().named('host-client').using('client_credentials').allowed('notes:write').registeredIn(app);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(url + path, { method: 'POST', body, headers, redirect: 'manual' });
  const json = { 'content-type': 'application/json' };

  it('An application that imports GatehouseModule issues tokens, and guards the routes of the application with them', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...basic('host-client', SECRET) };
    const issued = await (await post('/oauth/token', 'grant_type=client_credentials', form)).json();
    const bearer = { authorization: `Bearer ${issued.access_token}` };
    const written = await post('/notes', '{"text":"hello"}', { ...json, ...bearer });
    expect([written.status, await written.json()]).toEqual([201, { text: 'hello', by: 'host-client' }]);
    const refused = await post('/notes', '{"text":"hello"}', json);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')]);
  });

  it('An application that imports GatehouseModule reads its own bodies as before, and answers its own errors in its own words', async () => {
    expect(await (await post('/notes/echo', '{"a":[1,2]}', json)).json()).toEqual({ a: [1, 2] });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await (await post('/notes/echo', 'a[b]=1&c=2', form)).json()).toEqual({ a: { b: '1' }, c: '2' });
    const missing = await (await fetch(`${url}/nowhere`)).json();
    expect(missing).toMatchObject({ statusCode: 404, error: 'Not Found' });
  });

  it('An application that imports GatehouseModule keeps the headers of its own answers, while ours forbid to guess their types', async () => {
    const sniffed = async (path: string) => (await fetch(url + path)).headers.get('x-content-type-options');
    expect([await sniffed('/nowhere'), await sniffed('/oauth/jwks')]).toEqual([null, 'nosniff']);
  });

  it('An application that imports GatehouseModule closes the routes that it marks to whoever is not signed in, and no others', async () => {
    const closed = await post('/notes/mine', '{}', json);
    expect([closed.status, await closed.json()]).toMatchObject([401, { error: 'login_required' }]);
  });

  it('An application that imports GatehouseModule may take the options of Gatehouse from a factory, and starts on migrated tables although its role is named as the schema', async () => {
    const { user: username, ...connection } = database.connection;
    const github = { name: 'github', clientId: 'a', clientSecret: 'b' };
    const options = { issuer: 'https://id.example.com', secretKeys: database.secretKeys, login: { apps: [github] } };
    const dataSource = { ...connection, username, migrations, migrationsRun: true };
    const imports = [
      TypeOrmModule.forRoot({ type: 'postgres', ...dataSource }),
      GatehouseModule.forRootAsync({ useFactory: async () => options }),
    ];
    const other = (await Test.createTestingModule({ imports }).compile()).createNestApplication({ logger: ['fatal'] });
    await other.listen(0);
    const answer = await fetch(`${await other.getUrl()}/auth/github`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toContain(encodeURIComponent('https://id.example.com/auth/github/callback'));
    await other.close();
  });

  it('An application that imports GatehouseModule shows the pages of Gatehouse', async () => {
    expect(await (await fetch(`${url}/login`, { headers: { accept: 'text/html' } })).text()).toContain('<h1');
  });
});
