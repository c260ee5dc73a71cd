import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ClientRegistrationInput } from 'gatehouse';
import { aClient } from '../support/client-builder.js';
import { hostApplication } from '../support/host-application.js';
import { TestApp } from '../support/test-app.js';
import { createHostDatabase, type TestDatabase } from '../support/test-database.js';

const HTML = { accept: 'text/html' };
const REQUEST = `/oauth/authorize?${new URLSearchParams({
  client_id: 'spa',
  response_type: 'code',
  redirect_uri: 'https://client.example/call',
})}`;
const SPA = {
  client_id: 'spa',
  client_name: 'Notes',
  token_endpoint_auth_method: 'none' as const,
  redirect_uris: ['https://other.example/', 'https://client.example/callback'],
} satisfies ClientRegistrationInput;

describe('the page of an error', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('A link that is not set up right says so, tells the end user nothing of protocols, and its developers what to change', async () => {
    await aClient().public().named('spa').with({ redirect_uris: SPA.redirect_uris }).registeredAt(app);
    const { status, html } = await app.browser().get(REQUEST);
    expect(status).toBe(400);
    expect(html).toContain('<title>This link is not set up right – Gatehouse</title>');
    const [forEndUsers, forHelpers = ''] = html.split('For whoever helps you');
    expect(forEndUsers).not.toMatch(/redirect_uri|character/);
    expect(forHelpers).toContain('redirect_uri is none of those registered for this client');
    expect(forHelpers).toMatch(/<dt>Time<\/dt><dd><time>20\d\d-[\d-]+T[\d:.]+Z<\/time>/);
  });

  it('Where the issuer is the machine of a developer, the page shows both redirect URIs and where they differ', async () => {
    await aClient().public().named('two').with({ redirect_uris: SPA.redirect_uris }).registeredAt(app);
    const { html } = await app.browser().get(REQUEST.replace('=spa', '=two'));
    expect(html.replaceAll('&quot;', '"')).toContain(
      'Client two has not registered "https://client.example/call", but https://other.example/ ' +
        'https://client.example/callback; after "https://client.example/call" it has "back" where nothing was sent',
    );
  });

  it.each([
    ['/oauth/token', 405, 'This address is not a page', 'Use POST here'],
    ['/oauth/userinfo', 401, 'This address is not a page', 'missing_token'],
    ['/nowhere', 404, 'Not found', 'not_found'],
    ['/auth/nowhere', 404, 'Not found', 'unknown_provider'],
  ])('The heading of the page at %s tells the cause', async (path, status, heading, forHelpers) => {
    const page = await app.browser().get(path);
    expect([page.status, page.html.match(/<h1>(.*?)<\/h1>/)?.[1]]).toEqual([status, heading]);
    expect(page.html.split('For whoever helps you')[1]).toContain(forHelpers);
  });
});

describe('the page of an error at an issuer that the world can visit', () => {
  let database: TestDatabase;
  let host: NestExpressApplication;
  beforeAll(async () => {
    database = await createHostDatabase();
    host = await hostApplication(database, [], { issuer: 'https://id.example.com', clients: [SPA] });
    await host.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await host.close();
    await database.drop();
  });

  it('The page of an error at a public issuer shows nothing of what is for the log', async () => {
    const html = await (await fetch((await host.getUrl()) + REQUEST, { headers: HTML })).text();
    expect(html).toContain('redirect_uri is none of those registered for this client');
    expect(html).not.toMatch(/client\.example|other\.example|In development/);
  });
});
