import { Controller, Get, Module } from '@nestjs/common';
import { RemoteAppRegistry, RequireLinked, type TokenRequestFields, Users } from 'gatehouse';
import { anEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { FakeGithub } from '../support/fake-github.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import type { FakeRequest } from '../support/fake-server.js';
import { hearingEvents } from '../support/heard-events.js';
import { race } from '../support/race.js';
import { RefreshingProvider } from '../support/refreshing-provider.js';
import { expectFailurePage, leaveFor, signInAt } from '../support/remote-sign-in.js';
import { changeRows, countOf, deleteRows, rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { Page, TestBrowser } from '../support/test-browser.js';

@Controller('calendar')
class CalendarController {
  @Get()
  @RequireLinked('corp', { scopes: ['calendar'] })
  show(): object {
    return { appointments: [] };
  }
}

@Module({ controllers: [CalendarController] })
class CalendarModule {}

/** A provider that wants to know who asks. */
const revokeTokenRequest = ({ headers, form }: TokenRequestFields): TokenRequestFields => ({
  headers: { ...headers, 'x-asked-by': 'gatehouse' },
  form,
});

const JSON_ONLY = { accept: 'application/json' };

describe('The accounts at providers of an end user', () => {
  let provider: FakeOidcProvider;
  let app: TestApp;
  let browser: TestBrowser;
  let count = 0;
  const events = hearingEvents();
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
    app = await TestApp.start({
      remoteApps: [
        {
          ...new RefreshingProvider(provider).settings,
          label: 'Corp',
          revokeUrl: `${provider.issuer}/revoke`,
          compliance: { revokeTokenRequest },
        },
      ],
      extensions: [CalendarModule, events.module],
    });
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });
  beforeEach(async () => {
    provider.reset();
    new RefreshingProvider(provider);
    count += 1;
    provider.endUser = { sub: `listed-${count}`, name: `Listed ${count}` };
    browser = app.browser();
    await signInAt(browser, '/auth/corp');
  });

  const cookieOf = (at: TestBrowser) => [...at.cookies].map((pair) => pair.join('=')).join('; ');
  const json = (path: string) => app.get(path, { ...JSON_ONLY, cookie: cookieOf(browser) });
  const unlink = (page: Page) => browser.submit(page);

  it('An end user sees them, with a way to what the provider says and to link another', async () => {
    const page = await browser.get('/account/logins');
    expect(page.status).toBe(200);
    expect(page.html).toContain(`Listed ${count}`);
    expect(page.html).toContain('href="/profile/corp"');
    expect(page.html).toContain('href="/auth/corp?return_to=%2Faccount%2Flogins"');
  });

  it('The last way in stays, and is told on the page', async () => {
    const page = await unlink(await browser.get('/account/logins'));
    expect([page.status, page.html]).toEqual([409, expect.stringContaining('the only way into your account here')]);
    expect(await countOf(app, 'linked_accounts', { remote_subject: `listed-${count}` })).toBe(1);
  });

  it('Several accounts at one provider are linked, of two that are unlinked at once one stays, and the tokens of the other are taken back', async () => {
    const subject = `listed-${count}`;
    const [{ subject: owner } = {}] = await rowsOf(app, 'linked_accounts', { remote_subject: subject });
    provider.endUser = { sub: `${subject}-second`, name: 'Second' };
    await browser.submit(await signInAt(browser, '/auth/corp?return_to=%2Faccount%2Flogins'));
    expect(await countOf(app, 'linked_accounts', { subject: owner })).toBe(2);
    const revoked: string[] = [];
    provider.server.routes.set('/revoke', ({ form, headers }) => {
      revoked.push(
        `${form.get('token_type_hint')} ${headers.authorization?.startsWith('Basic ')} ${headers['x-asked-by']}`,
      );
      return { status: revoked.length === 1 ? 503 : 200 };
    });
    const page = await browser.get('/account/logins');
    const subjects = [subject, `${subject}-second`];
    events.heard();
    const answers = await race(
      app,
      { table: 'linked_accounts', subject: String(owner) },
      subjects.map((each) => () => browser.submit(page, { issuer: provider.issuer, subject: each })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await countOf(app, 'linked_accounts', { subject: owner })).toBe(1);
    expect(events.heard()).toContainEqual({ type: 'account.unlinked', subject: owner, provider: 'corp' });
    await eventually(async () => expect(revoked).toHaveLength(1));
    expect(await countOf(app, 'remote_revocations')).toBe(1);
    await changeRows(app, 'remote_revocations', {}, { next_try_at: new Date(0) });
    await askAgain();
    await eventually(async () => expect(await countOf(app, 'remote_revocations')).toBe(0));
    expect(revoked).toEqual(Array.from({ length: 3 }, () => 'refresh_token true gatehouse'));
    expect(events.heard()).toContainEqual({ type: 'remote_tokens.taken_back', provider: 'corp', isDone: true });
  });

  it('An account at a provider that is configured no more is no way in, so that the one beside it stays', async () => {
    const subject = `listed-${count}`;
    const [{ subject: owner } = {}] = await rowsOf(app, 'linked_accounts', { remote_subject: subject });
    provider.endUser = { sub: `${subject}-gone`, name: 'Gone' };
    await browser.submit(await signInAt(browser, '/auth/corp'));
    await changeRows(app, 'linked_accounts', { remote_subject: `${subject}-gone` }, { provider: 'gone' });
    const page = await browser.get('/account/logins');
    expect((await browser.submit(page, { issuer: provider.issuer, subject })).status).toBe(409);
    events.heard();
    expect((await browser.submit(page, { issuer: provider.issuer, subject: `${subject}-gone` })).status).toBe(303);
    expect(await countOf(app, 'linked_accounts', { subject: owner })).toBe(1);
    const taken = { type: 'remote_tokens.taken_back', provider: 'gone', isDone: false };
    await eventually(async () => expect(events.heard()).toContainEqual(taken));
  });

  it('An end user who is removed takes the tokens at providers along, and leaves no account there', async () => {
    const subject = `listed-${count}`;
    const [{ subject: owner } = {}] = await rowsOf(app, 'linked_accounts', { remote_subject: subject });
    const revoked: unknown[] = [];
    provider.server.routes.set('/revoke', ({ form }) => {
      revoked.push(form.get('token_type_hint'));
      return { status: 200 };
    });
    expect(await app.port(Users).remove(String(owner))).toBe(true);
    await eventually(async () => expect(revoked).toContain('refresh_token'));
    await eventually(async () => expect(await countOf(app, 'remote_revocations')).toBe(0));
    expect(await countOf(app, 'linked_accounts', { subject: owner })).toBe(0);
    expect((await json('/account/logins')).status).toBe(401);
  });

  it('A provider that takes no tokens back for a week is asked no more', async () => {
    const ada = await anEndUser().withVerifiedEmail(`week-${count}@example.com`).registeredAt(app);
    browser = await ada.browser();
    provider.endUser = { sub: `week-${count}`, name: 'Ada there' };
    provider.server.routes.set('/revoke', () => ({ status: 503 }));
    await browser.submit(await signInAt(browser, '/auth/corp'));
    await unlink(await browser.get('/account/logins'));
    await eventually(async () => expect((await rowsOf(app, 'remote_revocations'))[0]).toMatchObject({ tries: 1 }));
    const long = new Date(Date.now() - 8 * 86_400_000);
    await changeRows(app, 'remote_revocations', {}, { created_at: long, next_try_at: long });
    events.heard();
    await askAgain();
    const given = { type: 'remote_tokens.taken_back', provider: 'corp', isDone: false };
    await eventually(async () => expect(events.heard()).toContainEqual(given));
    provider.server.routes.set('/revoke', () => ({ status: 200 }));
    await deleteRows(app, 'remote_revocations');
  });

  it('An account whose owner has a password can be unlinked to the last one, by its owner alone and by a form of this browser', async () => {
    const ada = await anEndUser().withVerifiedEmail(`ada-${count}@example.com`).registeredAt(app);
    browser = await ada.browser();
    provider.endUser = { sub: `adas-${count}`, name: 'Ada there' };
    await browser.submit(await signInAt(browser, '/auth/corp'));
    const page = await browser.get('/account/logins');
    const foreign = { issuer: provider.issuer, subject: `listed-${count}` };
    await browser.submit(page, foreign);
    expect(await countOf(app, 'linked_accounts', { remote_subject: `listed-${count}` })).toBe(1);
    expect((await browser.submit(page, { csrf_token: 'forged' })).status).toBe(403);
    expect((await unlink(page)).status).toBe(303);
    expect(await countOf(app, 'linked_accounts', { subject: ada.id })).toBe(0);
  });

  it('A provider that refuses for good to take tokens back is asked once', async () => {
    const ada = await anEndUser().withVerifiedEmail(`gone-${count}@example.com`).registeredAt(app);
    browser = await ada.browser();
    provider.endUser = { sub: `gone-${count}`, name: 'Gone' };
    await browser.submit(await signInAt(browser, '/auth/corp'));
    let asked = 0;
    provider.server.routes.set('/revoke', () => {
      asked += 1;
      return { status: 400, body: { error: 'invalid_token' } };
    });
    events.heard();
    expect((await unlink(await browser.get('/account/logins'))).status).toBe(303);
    await eventually(async () => expect(await countOf(app, 'remote_revocations')).toBe(0));
    expect(asked).toBe(1);
    expect(events.heard()).toContainEqual({ type: 'remote_tokens.taken_back', provider: 'corp', isDone: false });
  });

  it('Tokens are taken back by the call that a preset has for it, where its provider has no endpoint of RFC 7009', async () => {
    const github = await FakeGithub.start();
    github.endUser = { id: 4000 + count, login: 'hub', emails: [] };
    const revokeUrl = `${github.server.url}/applications/{client_id}/token`;
    await app.port(RemoteAppRegistry).register({ ...github.settings(`hub-${count}`), preset: 'github', revokeUrl });
    const ada = await anEndUser().withVerifiedEmail(`hub-${count}@example.com`).registeredAt(app);
    browser = await ada.browser();
    await browser.submit(await signInAt(browser, `/auth/hub-${count}`));
    const asked: FakeRequest[] = [];
    github.server.routes.set('/applications/github-client/token', (request) => {
      asked.push(request);
      return { status: 204 };
    });
    expect((await unlink(await browser.get('/account/logins'))).status).toBe(303);
    await eventually(async () => expect(asked).toHaveLength(1));
    const [{ method, headers, form } = {} as FakeRequest] = asked;
    expect([method, headers['content-type'], headers.authorization?.split(' ')[0]]).toEqual([
      'DELETE',
      'application/json',
      'Basic',
    ]);
    expect([...form.keys()].join()).toMatch(/^\{"access_token":"gho_[^"]+"\}$/);
    await github.stop();
  });

  it('What the provider says now is shown as a page and as JSON, with a token that is refreshed where need be', async () => {
    provider.endUser = { sub: `listed-${count}`, name: 'Of today', email: 'me@example.com', email_verified: true };
    expect((await browser.get('/profile/corp')).html).toContain('Of today');
    expect(await (await json('/profile/corp')).json()).toMatchObject({
      sub: `listed-${count}`,
      name: 'Of today',
      email: 'me@example.com',
    });
    expectFailurePage(await browser.get('/profile/nowhere'), 404, 'unknown_provider', 'does not offer');
    provider.endUser = { sub: 'somebody else' };
    expect((await json('/profile/corp')).status).toBe(502);
    const ada = await (await anEndUser().withEmail(`none-${count}@example.com`).registeredAt(app)).browser();
    expectFailurePage(await ada.get('/profile/corp'), 403, 'link_required', 'needs your Corp account');
    expect((await app.get('/profile/corp', JSON_ONLY)).status).toBe(401);
  });

  it('A route that needs more than was granted sends the browser to allow all of it, and back; a program is told where', async () => {
    const refused = await json('/calendar');
    expect([refused.status, await refused.json()]).toEqual([
      403,
      {
        error: 'link_required',
        error_description: expect.any(String),
        start_url: expect.stringMatching(/^http:\/\/localhost:\d+\/auth\/corp\?return_to=%2F&ask=/),
      },
    ]);
    const start = await browser.get('/calendar');
    expect([start.status, start.location?.pathname]).toEqual([303, '/auth/corp']);
    const toProvider = await browser.get(start.location?.href ?? '');
    expect(new URL(toProvider.location?.href ?? '').searchParams.get('scope')).toBe('openid email profile calendar');
    const back = await signInAt(browser, start.location?.href ?? '');
    expect([back.status, back.headers.get('location')]).toEqual([303, '/calendar']);
    expect((await json('/calendar')).status).toBe(200);
    await changeRows(app, 'linked_accounts', { remote_subject: `listed-${count}` }, { reauth_since: new Date() });
    expect((await json('/calendar')).status).toBe(403);
    expect((await browser.get('/account/logins')).html).toContain('wants you to sign in there once more');
  });

  it('A provider that grants less than was asked for is asked again, and scopes that this server did not seal are refused', async () => {
    const honest = provider.server.routes.get('/token');
    provider.server.routes.set('/token', async (request) => {
      const answer = await honest?.(request);
      return { ...answer, body: { ...(answer?.body as object), scope: 'openid' } };
    });
    const start = await browser.get('/calendar');
    await signInAt(browser, start.location?.href ?? '');
    expect((await browser.get('/calendar')).location?.pathname).toBe('/auth/corp');
    expect((await browser.get('/auth/corp?ask=admin')).status).toBe(400);
    await expect(leaveFor(browser, '/auth/corp?ask=admin')).rejects.toThrow(/ask is not from this server/);
  });

  /** Lets the background work run that asks providers every minute. */
  async function askAgain(): Promise<void> {
    provider.endUser = { sub: `listed-${count}`, name: 'Anybody' };
    const ada = await anEndUser().withVerifiedEmail(`again-${count}@example.com`).registeredAt(app);
    const other = await ada.browser();
    provider.endUser = { sub: `again-${count}`, name: 'Again' };
    await other.submit(await signInAt(other, '/auth/corp'));
    await other.submit(await other.get('/account/logins'));
  }
});
