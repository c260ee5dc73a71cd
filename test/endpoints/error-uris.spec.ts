import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { responseOf } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { createEmptyDatabase } from '../support/test-database.js';
import { startServerOn } from '../support/whole-server.js';

const DOCS = 'https://docs.example/errors';
const errors = { uri: `${DOCS}/{code}`, uris: { invalid_grant: 'https://docs.example/signing-in' } };

describe('error_uri (RFC 6749 sections 4.1.2.1 and 5.2)', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ options: { errors } });
  });
  afterAll(() => app.stop());

  it('A refusal of the token endpoint has the page of its code, which may be one of its own', async () => {
    const client = await aClient().using('authorization_code', 'refresh_token').registeredAt(app);
    expect(await (await app.post('/oauth/token', { grant_type: 'x' })).json()).toMatchObject({
      error: 'invalid_client',
      error_uri: `${DOCS}/invalid_client`,
    });
    expect(await (await client.refresh('none')).json()).toMatchObject({
      error: 'invalid_grant',
      error_uri: 'https://docs.example/signing-in',
    });
  });

  it('An error response of the authorization endpoint has the page of its code', async () => {
    const client = await aClient().named('web').registeredAt(app);
    const ada = await anEndUser().registeredAt(app);
    const page = await client.ask(await ada.signIn(), { scope: 'unheard-of' });
    expect(responseOf(page)).toMatchObject({ error: 'invalid_scope', error_uri: `${DOCS}/invalid_scope` });
  });

  it('A challenge that names an error has its page (RFC 6750 section 3), and one without an error has none', async () => {
    const wrong = await app.get('/oauth/userinfo', { authorization: 'Bearer wrong' });
    expect(wrong.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="gatehouse", error="invalid_token", .+, error_uri="https:\/\/docs.example\/errors\/invalid_token"$/,
    );
    const missing = await app.get('/oauth/userinfo');
    expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="gatehouse"');
    expect(await missing.json()).toMatchObject({ error_uri: `${DOCS}/missing_token` });
  });

  it('A JSON:API error object links to the page, and so does the error page of a browser', async () => {
    const object = await app.get('/nowhere', { accept: 'application/vnd.api+json' });
    expect(await object.json()).toMatchObject({ errors: [{ links: { about: `${DOCS}/not_found` } }] });
    expect((await app.browser().get('/nowhere')).html).toContain(
      `<a href="${DOCS}/not_found"><code>not_found</code></a>`,
    );
  });

  it.each([
    [{ uri: 'https://docs.example/errors' }, 'errors.uri: must have {code} where the code stands'],
    [{ uri: '/errors/{code}' }, 'errors.uri: must be an absolute http(s) URL'],
    [
      { uris: { invalid_grant: 'https://docs.example/a "b"' } },
      'errors.uris.invalid_grant: must be an absolute http(s) URL',
    ],
  ])('The pages %j are refused at the start', async (wrong, message) => {
    await expect(TestApp.start({ options: { errors: wrong as typeof errors } })).rejects.toThrow(message);
  });
});

describe('the pages about errors that a server of its own has', () => {
  it('A refusal leads to a page that says what the code means and what to change, and an unknown code to none', async () => {
    const database = await createEmptyDatabase();
    const dataFolder = mkdtempSync(join(tmpdir(), 'gatehouse-errors-'));
    const server = await startServerOn(database, dataFolder);
    try {
      const { url } = server.issuer;
      const refusal = await (await fetch(`${url}/oauth/token`, { method: 'POST' })).json();
      const page = await fetch(refusal.error_uri, { headers: { accept: 'text/html' } });
      expect([page.status, await page.text()]).toEqual([
        200,
        expect.stringMatching(/<h1><code>invalid_[a-z]+<\/code><\/h1>.*What to change/),
      ]);
      expect((await fetch(`${url}/docs/errors/constructor`)).status).toBe(404);
    } finally {
      await server.stop({ drainSeconds: 0, graceSeconds: 10 });
      await database.drop();
      rmSync(dataFolder, { recursive: true });
    }
  });
});
