import { Injectable, Module } from '@nestjs/common';
import { Clients, type GatehouseEvent, type GatehouseListener, OnGatehouse } from 'gatehouse';
import { loadBootstrapFile } from '../support/bootstrap-file.js';
import { aClient, SECRET } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { FakeGithub } from '../support/fake-github.js';
import { hearingEvents } from '../support/heard-events.js';
import { signInAt } from '../support/remote-sign-in.js';
import { rotateKeys } from '../support/signing.js';
import { sql } from '../support/stored-rows.js';
import { takeBack } from '../support/taking-back.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

/** Fails on everything that it hears, at once or later. */
@Injectable()
@OnGatehouse('token.issued', 'end_user.signed_in')
class BrokenListener implements GatehouseListener<'token.issued' | 'end_user.signed_in'> {
  handle(event: GatehouseEvent<'token.issued' | 'end_user.signed_in'>): Promise<void> {
    if (event.type === 'token.issued') throw new Error('This listener is broken');
    return Promise.reject(new Error('This listener is broken too'));
  }
}

@Module({ providers: [BrokenListener] })
class BrokenModule {}

describe('A listener', () => {
  const address = expect.stringMatching(/127\.0\.0\.1$|^::1$/);
  const { module, heard } = hearingEvents();
  let app: TestApp;
  let github: FakeGithub;
  let ada: TestEndUser;
  let web: TestClient;
  /** Everything that was secret in a test. */
  let secrets: string[];
  let all: GatehouseEvent[];

  beforeAll(async () => {
    github = await FakeGithub.start();
    app = await TestApp.start({
      extensions: [module, BrokenModule],
      remoteApps: [github.settings()],
      options: { throttle: { failuresPerAccount: 2 } },
    });
    ada = await anEndUser().registeredAt(app);
    web = await aClient().named('web').using('authorization_code', 'refresh_token').registeredAt(app);
    heard();
  });
  beforeEach(() => {
    secrets = [SECRET, ada.password];
    all = [];
  });
  afterEach(() => {
    const told = JSON.stringify(all);
    for (const secret of secrets) expect(told).not.toContain(secret);
  });
  afterAll(async () => {
    await app?.stop();
    await github?.stop();
  });

  /** What was told since the last time. */
  const told = () => {
    const events = heard();
    all.push(...events);
    return events;
  };
  const atWeb = () => ({ clientId: 'web', subject: ada.id });

  it('A listener hears of a client that is registered or changed, and not of one that stays as it is', async () => {
    const registrar = app.nest.get(Clients, { strict: false });
    const client = { client_id: 'shop', client_secret: SECRET, grant_types: ['client_credentials'] };
    await registrar.register(client);
    await registrar.register(client);
    expect(told()).toEqual([{ type: 'client.changed', clientId: 'shop' }]);
    await loadBootstrapFile(app, { clients: [client, { ...client, client_id: 'other' }] });
    expect(told()).toEqual([{ type: 'client.changed', clientId: 'other' }]);
  });

  it('A listener hears of a sign-in with consent, of each token, and of the sign-out, in this order', async () => {
    const browser = await ada.browser();
    const { code = '' } = await web.authorize(ada);
    const issued = await web.signIn(ada);
    secrets.push(code, issued.access_token, issued.refresh_token, issued.id_token);
    const next = await web.refreshed(issued.refresh_token);
    await browser.submit(await browser.get('/logout'), {});
    const [signedIn, consent, first, refreshed, signedOut, ...rest] = told();
    expect(signedIn).toEqual({ type: 'end_user.signed_in', subject: ada.id, amr: ['pwd'], address });
    const scopes = ['openid', 'profile'];
    expect(consent).toEqual({ type: 'consent.given', ...atWeb(), scopes, authorizationId: expect.any(String) });
    const token = { type: 'token.issued', ...atWeb(), scopes, familyId: expect.any(String) };
    expect(first).toEqual({ ...token, grantType: 'authorization_code' });
    expect(refreshed).toEqual({ ...token, grantType: 'refresh_token' });
    expect(signedOut).toEqual({ type: 'end_user.signed_out', subject: ada.id });
    expect(rest).toEqual([]);
    expect(next.refresh_token).not.toBe(issued.refresh_token);
  });

  it('A listener hears of a refresh token that is reused, and what it ended', async () => {
    const { refresh_token: refreshToken } = await web.signIn(ada);
    secrets.push(refreshToken, (await web.refreshed(refreshToken)).refresh_token);
    app.clock.travel({ seconds: 61 });
    told();
    expect((await web.refresh(refreshToken)).status).toBe(400);
    const family = { ...atWeb(), familyId: expect.any(String) };
    expect(told()).toEqual([
      { type: 'token_family.revoked', ...family, reason: 'refresh token reused' },
      { type: 'refresh_token.reused', ...family },
      {
        type: 'token.refused',
        clientId: 'web',
        grantType: 'refresh_token',
        error: 'invalid_grant',
        reason: expect.stringContaining('was used before'),
        referenceId: expect.any(String),
      },
    ]);
  });

  it('A listener hears of an authorization code that is replayed, and what it ended', async () => {
    const code = await web.code(ada);
    secrets.push(code);
    await web.redeem(code);
    told();
    expect((await web.redeem(code)).status).toBe(400);
    const family = { ...atWeb(), familyId: expect.any(String) };
    expect(told()).toMatchObject([
      { type: 'token_family.revoked', ...family, reason: 'authorization code replayed' },
      { type: 'authorization_code.replayed', ...family },
      { type: 'token.refused', clientId: 'web', grantType: 'authorization_code', error: 'invalid_grant' },
    ]);
  });

  it('A listener hears of an authorization that is taken back, and of every sign-in at the client that it ended', async () => {
    const grace = await anEndUser().withEmail('grace@example.com').registeredAt(app);
    await web.signIn(grace);
    await web.signIn(grace);
    told();
    await takeBack(grace, web);
    const atClient = { clientId: 'web', subject: grace.id };
    const revoked = {
      type: 'token_family.revoked',
      ...atClient,
      familyId: expect.any(String),
      reason: 'the end user took the authorization back',
    };
    const takenBack = { type: 'authorization.taken_back', ...atClient, authorizationId: expect.any(String) };
    expect(told()).toEqual([takenBack, revoked, revoked]);
  });

  it('A listener hears of tokens that a client gets in its own right, and of refusals before the client is known', async () => {
    const service = await aClient().named('service').using('client_credentials').allowed('profile').registeredAt(app);
    told();
    await service.clientCredentials();
    await app.post('/oauth/token', { grant_type: 'client_credentials' });
    expect(told()).toEqual([
      { type: 'token.issued', clientId: 'service', grantType: 'client_credentials', scopes: ['profile'] },
      {
        type: 'token.refused',
        grantType: 'client_credentials',
        error: 'invalid_client',
        reason: expect.stringContaining('Authenticate the client'),
        referenceId: expect.any(String),
      },
    ]);
  });

  it('A listener hears of failed sign-ins, whose account it was, and that the throttle stops them', async () => {
    const joan = await anEndUser().withEmail('joan@example.com').registeredAt(app);
    const attempt = async (email: string, password: string) => {
      const browser = app.browser();
      secrets.push(password);
      return browser.submit(await browser.get('/login'), { email, password });
    };
    await attempt('nobody@example.com', 'a guess at nobody');
    for (let count = 0; count < 3; count++) await attempt(joan.email, 'a guess at joan');
    const wrong = { type: 'sign_in.failed', subject: joan.id, address, reason: 'wrong_password' };
    expect(told()).toEqual([
      { type: 'sign_in.failed', address, reason: 'unknown_account' },
      wrong,
      wrong,
      { type: 'sign_in.throttled', subject: joan.id, address, retryAfterSeconds: expect.any(Number) },
    ]);
  });

  it('A listener hears of an account that is linked once, and of each sign-in at a provider, and why one failed', async () => {
    await signInAt(app.browser(), '/auth/github');
    await signInAt(app.browser(), '/auth/github');
    await app.browser().get('/auth/github/callback?code=stolen&state=unknown');
    const subject = expect.any(String);
    const signedIn = { type: 'end_user.signed_in', subject, amr: ['fed'], address };
    expect(told()).toEqual([
      { type: 'account.linked', subject, provider: 'github' },
      signedIn,
      signedIn,
      { type: 'sign_in.failed', provider: 'github', address, reason: 'flow_unknown' },
    ]);
  });

  it('A listener hears of rotated keys', async () => {
    await rotateKeys(app);
    const keyId = expect.any(String);
    expect(told()).toEqual([{ type: 'signing_keys.rotated', keyIds: [keyId, keyId, keyId, keyId] }]);
  });

  it('A listener hears nothing of what is not committed', async () => {
    const code = await web.code(ada);
    secrets.push(code);
    told();
    await sql(app, 'ALTER TABLE gatehouse.access_tokens RENAME TO elsewhere');
    await sql(app, 'ALTER TABLE gatehouse.token_families RENAME TO elsewhere_too');
    expect((await web.redeem(code)).status).toBe(500);
    await sql(app, 'ALTER TABLE gatehouse.elsewhere_too RENAME TO token_families');
    await sql(app, 'ALTER TABLE gatehouse.elsewhere RENAME TO access_tokens');
    await sql(app, 'ALTER TABLE gatehouse.users RENAME TO elsewhere');
    const client = { client_id: 'unlucky', client_secret: SECRET, grant_types: ['client_credentials'] };
    const users = [{ email: 'unlucky@example.com' }];
    await expect(loadBootstrapFile(app, { users, clients: [client] })).rejects.toThrow('gatehouse.users');
    await sql(app, 'ALTER TABLE gatehouse.elsewhere RENAME TO users');
    expect(told()).toEqual([]);
    expect((await web.redeem(code)).status).toBe(200);
    expect(told()).toMatchObject([{ type: 'token.issued', ...atWeb() }]);
  });

  it('A listener that cannot hear is refused at boot', async () => {
    @Injectable()
    @(OnGatehouse('token.issued') as (listener: new () => object) => void)
    class Deaf {}

    @Module({ providers: [Deaf] })
    class DeafModule {}

    await expect(TestApp.start({ extensions: [DeafModule] })).rejects.toThrow('Deaf listens by @OnGatehouse');
  });
});
