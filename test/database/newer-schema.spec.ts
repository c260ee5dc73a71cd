import { DataSource } from 'typeorm';
import { VERIFIER } from '../support/authorization-request.js';
import { issueCode, REDIRECT_URI } from '../support/issued-code.js';
import { basic, TestApp } from '../support/test-app.js';

const SECRET = 'the secret of a client';

describe('A version that runs on while the next one has migrated the database', () => {
  let app: TestApp;
  let userId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    ({ id: userId } = await app.registerUser({ email: 'ada@example.com', password: 'pear' }));
    const grant_types = ['authorization_code', 'client_credentials', 'refresh_token', 'password'];
    const opaque = { access_token_format: 'opaque', redirect_uris: [REDIRECT_URI], scope: 'openid email' };
    await app.registerClient('web', { ...opaque, grant_types }, SECRET);
    const dataSource = app.nest.get(DataSource);
    const tables: { name: string }[] = await dataSource.query(
      `SELECT relname AS name FROM pg_class
       WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'gatehouse'::regnamespace`,
    );
    for (const { name } of tables) {
      await dataSource.query(
        `ALTER TABLE gatehouse.${name} ADD COLUMN newer text NOT NULL DEFAULT 'of the next version'`,
      );
    }
    await app.registerClient('later', { ...opaque, grant_types }, SECRET);
  });
  afterAll(() => app.stop());

  const token = async (form: Record<string, string>) => {
    const response = await app.post('/oauth/token', form, basic('web', SECRET));
    const body = (await response.json()) as { access_token: string; refresh_token: string };
    expect([response.status, body]).toEqual([200, expect.anything()]);
    return body;
  };

  it('still gives and takes back tokens by every grant', async () => {
    const code = await issueCode(app, 'web', userId);
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    const { refresh_token } = await token(form);
    const refreshed = await token({ grant_type: 'refresh_token', refresh_token });
    await token({ grant_type: 'client_credentials' });
    await token({ grant_type: 'password', username: 'ada@example.com', password: 'pear' });
    const revoked = await app.post('/oauth/revoke', { token: refreshed.refresh_token }, basic('web', SECRET));
    expect(revoked.status).toBe(200);
  });

  it('still signs people in', async () => {
    const browser = app.browser();
    const form = { email: 'ada@example.com', password: 'pear' };
    expect((await browser.submit(await browser.get('/login'), form)).status).toBe(303);
    expect((await app.registerUser({ email: 'eve@example.com' })).email).toBe('eve@example.com');
  });
});
