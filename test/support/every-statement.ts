import { Authorizations, Clients, EndUserSession, Keys, Scopes, Sessions, Users } from 'gatehouse';
import { Statement } from '../../src/common/database/statement.js';
import { aClient } from './client-builder.js';
import { anEndUser } from './end-user-builder.js';
import type { FakeOidcProvider } from './fake-oidc-provider.js';
import type { PlanWatch } from './plan-watch.js';
import { RefreshingProvider } from './refreshing-provider.js';
import { leaveFor, signInAt } from './remote-sign-in.js';
import { changeRows, rowsOf } from './stored-rows.js';
import { takeBack } from './taking-back.js';
import { basic, type TestApp } from './test-app.js';
import { tokensOf } from './test-client.js';

const OPAQUE = { access_token_format: 'opaque', resource_server: true } as const;
const JWT = { access_token_format: 'jwt', resource_server: true } as const;

/** Statements that are composed ahead and that nothing runs: a refresh always gives a successor. */
export const STATEMENTS_NEVER_RUN = ['issue-refresh-token', 'issue-refresh-token-access'];

/** Does whatever runs statements: tokens of every kind, sign-ins of every kind, ends, refusals and upkeep. */
export async function runEveryStatement(app: TestApp, provider: FakeOidcProvider): Promise<void> {
  provider.reset();
  const tokens = new RefreshingProvider(provider);
  await issue(app);
  await end(app);
  await signIn(app, provider, tokens);
  await administer(app);
  await app.port(Keys).rotate();
  const node = await app.startNode();
  await node.get('/health/ready');
}

async function issue(app: TestApp): Promise<void> {
  const ada = await anEndUser().registeredAt(app);
  for (const [format, metadata] of Object.entries({ opaque: OPAQUE, jwt: JWT })) {
    const service = await aClient()
      .named(`service-${format}`)
      .using('client_credentials', 'password')
      .allowed('profile')
      .with(metadata)
      .registeredAt(app);
    const { access_token: token } = await tokensOf(service.clientCredentials());
    await service.introspect(token);
    await service.revoke(token);
    await service.password(ada);
    const lasting = await aClient()
      .named(`lasting-${format}`)
      .using('password', 'refresh_token', 'authorization_code')
      .allowed('openid profile offline_access')
      .with(metadata)
      .registeredAt(app);
    await lasting.password(ada);
    const first = await lasting.signIn(ada);
    await lasting.userinfo(first.access_token);
    const second = await tokensOf(lasting.refresh(first.refresh_token));
    await lasting.refresh(first.refresh_token);
    await lasting.introspect(second.access_token);
    await lasting.revoke(second.access_token);
    await lasting.revoke(second.refresh_token ?? '');
    const short = await aClient()
      .named(`short-${format}`)
      .using('authorization_code')
      .allowed('profile')
      .with(metadata)
      .registeredAt(app);
    await short.signIn(ada);
  }
}

async function end(app: TestApp): Promise<void> {
  const grace = await anEndUser().withEmail('grace@example.com').registeredAt(app);
  await anEndUser().withEmail('jörg@bücher.example').registeredAt(app);
  const web = await aClient()
    .named('ending')
    .using('authorization_code', 'refresh_token')
    .allowed('openid profile')
    .with(JWT)
    .registeredAt(app);
  const reused = await web.signIn(grace);
  await tokensOf(web.refresh(reused.refresh_token));
  app.clock.travel({ seconds: 400 });
  await web.refresh(reused.refresh_token);
  const replayed = await web.code(grace);
  await web.redeem(replayed);
  await web.redeem(replayed);
  await web.signIn(grace);
  await takeBack(grace, web);
  const browser = await grace.browser();
  await browser.submit(await browser.get('/login?reason=select-account&return_to=%2F'));
  await app
    .port(EndUserSession)
    .endBySessionId(String((await rowsOf(app, 'sign_in_sessions', { subject: grace.id }))[0]?.session_id));
  const wrong = app.browser();
  await wrong.submit(await wrong.get('/login'), { email: grace.email, password: 'wrong' });
  const last = await web.signIn(grace);
  await grace.disable();
  await web.refresh(last.refresh_token);
  await web.userinfo(last.access_token);
  const other = await grace.signIn().catch(() => app.browser());
  await other.get('/account/logins');
}

/** What an application or an operator does by the services. */
async function administer(app: TestApp): Promise<void> {
  const clients = app.port(Clients);
  const clientId = 'administered';
  const { client, secret = '' } = await clients.create({ client_id: clientId, grant_types: ['client_credentials'] });
  await app.post('/oauth/token', { grant_type: 'client_credentials' }, basic(clientId, secret));
  await clients.list({ limit: 1 });
  await clients.update(clientId, { client_name: 'Another' });
  await clients.rotateSecret(clientId);
  await clients.removeSecret(clientId, client.secrets[0]?.id ?? '');
  await clients.disable(clientId);
  await clients.enable(clientId);
  await clients.remove(clientId);
  const scopes = app.port(Scopes);
  await scopes.create({ name: 'stars', description: 'Count stars' });
  await scopes.describe('stars', 'Count your stars');
  await scopes.find('stars');
  await scopes.list({ limit: 1 });
  await scopes.remove('stars');
  const users = app.port(Users);
  const user = await users.create({ email: 'administered@example.com' });
  await users.findByEmail('administered@example.com');
  await users.list({ limit: 1 });
  await users.update(user.id, { email: 'changed@example.org', password: 'secret' });
  await users.disable(user.id);
  await users.enable(user.id);
  await app.port(Sessions).list(user.id);
  await app.port(Sessions).endAll(user.id);
  await users.remove(user.id);
  const authorizations = app.port(Authorizations);
  const [allowed] = (await authorizations.list({ limit: 1 })).items;
  const { subject, clientId: allowedClient } = allowed ?? { subject: '', clientId: '' };
  await authorizations.list({ subject });
  await authorizations.list({ clientId: allowedClient });
  await authorizations.list({ subject, clientId: allowedClient });
  await authorizations.find(allowed?.id ?? '');
}

async function signIn(app: TestApp, provider: FakeOidcProvider, tokens: RefreshingProvider): Promise<void> {
  const email = (address: string) => ({ email: address, email_verified: true });
  provider.endUser = { sub: 'first', name: 'First', ...email('first@example.com') };
  const browser = app.browser();
  await browser.get(await leaveFor(browser, `/auth/corp?return_to=/${'x'.repeat(5000)}`));
  const again = await leaveFor(browser, '/auth/corp');
  await browser.get(again);
  await browser.get(again);
  await browser.get('/profile/corp');
  provider.endUser = { sub: 'first', name: 'First', ...email('changed@example.com') };
  await signInAt(app.browser(), '/auth/corp');
  provider.endUser = { sub: 'second', name: 'Second', ...email('changed@example.com') };
  await signInAt(app.browser(), '/auth/corp');
  tokens.refusal = () => ({ status: 400, body: { error: 'invalid_grant' } });
  await changeRows(app, 'linked_accounts', { remote_subject: 'first' }, { refresh_lease_until: null });
  app.clock.travel({ seconds: 7200 });
  await browser.get('/profile/corp');
  const ada = await anEndUser().withVerifiedEmail('unlinking@example.com').registeredAt(app);
  const own = await ada.browser();
  provider.endUser = { sub: 'third', name: 'Third' };
  await own.submit(await signInAt(own, '/auth/corp'));
  await own.submit(await own.get('/account/logins'));
  await own.submit(await own.get('/logout'));
}

/** Has the statements explained that nothing here runs, with values of rows that there are. */
export async function explainTheRest(app: TestApp, watch: PlanWatch): Promise<void> {
  const [session = {}] = await rowsOf(app, 'sign_in_sessions');
  const [family = {}] = await rowsOf(app, 'token_families');
  const [account = {}] = await rowsOf(app, 'linked_accounts', { remote_subject: 'first' });
  const [key = {}] = await rowsOf(app, 'signing_keys');
  const [user = {}] = await rowsOf(app, 'users');
  const now = new Date();
  const subject = { issuer: account.remote_issuer, subject: account.remote_subject };
  const values: Readonly<Record<string, readonly unknown[]>> = {
    'sign-in-session-find': [[session.period], [session.digest], [now], [now]],
    'sign-in-session-id': [session.period, session.digest, session.subject],
    'sign-in-session-touch': [session.period, session.digest, now, now],
    'sign-in-session-remove-by-session-id': [session.session_id],
    'token-family-allow-for': [family.period, family.id, 60, false],
    'linked-account-needs-reauth': [subject.issuer, subject.subject],
    'linked_accounts-sealed-replace': [[subject.issuer, subject.subject], account.sealed_tokens, account.sealed_tokens],
    'checked-password-find': [[user.id]],
    'remote_revocations-sealed-replace': [['none'], Buffer.from('a'), Buffer.from('b')],
    'remote-revocation-remove': ['none'],
    'signing_keys-sealed-page': [[''], 10],
    'signing_keys-sealed-replace': [[key.kid], Buffer.from('a'), Buffer.from('b')],
    'signing-keys-remove': ['none'],
    'signing-keys-promote-in-its-place': [now],
    'signing-keys-forget': [new Date(0)],
    'token-cutoff-covers': [['subject'], [user.id], now],
    'revocation-any': [[family.id]],
    'revocations-live-since': ['4000000000', now],
    'end-user-cut-off': [user.id],
    'checked-password-keep': ['[]'],
    'scopes-save': ['[]'],
    'user-respell-email': ['new@example.com', ['old@example.com']],
  };
  for (const name of watch.neverRun()) {
    const given = values[name];
    const statement = Statement.all().find((each) => each.name === name);
    if (given !== undefined && statement !== undefined) await watch.explain(app, statement, given);
  }
}
