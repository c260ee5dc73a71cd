import { decodeJwt } from 'jose';
import { answerOf, invalidGrant } from '../support/answer.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { authorizationsOf, familiesUnder } from '../support/stored-grants.js';
import { TestApp } from '../support/test-app.js';
import { type Parameters, type TestClient, tokensOf } from '../support/test-client.js';

describe('the password grant (RFC 6749 section 4.3)', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let old: TestClient;

  const oldClient = aClient().named('old').using('password', 'refresh_token').allowed('openid profile offline_access');
  beforeAll(async () => {
    app = await TestApp.start();
    ada = await anEndUser().registeredAt(app);
    old = await oldClient.registeredAt(app);
  });
  afterAll(() => app.stop());

  const ask = (form: Parameters) => old.token({ grant_type: 'password', ...form });
  const askAs = (username: string, password = PASSWORD) => ask({ username, password });
  const wrong = invalidGrant('The username or the password is wrong');

  it('Tokens are given for the end user, who authenticated just now by password', async () => {
    const body = await tokensOf(askAs('Ada@Example.com'));
    expect(body).toMatchObject({ scope: 'openid profile offline_access', refresh_token: expect.any(String) });
    expect(decodeJwt(body.access_token)).toMatchObject({
      sub: ada.id,
      client_id: 'old',
      gatehouse_family: expect.any(String),
    });
    const { auth_time, iat, ...claims } = decodeJwt(body.id_token);
    expect(claims).toMatchObject({ sub: ada.id, aud: 'old', amr: ['pwd'] });
    expect(Number(auth_time)).toBeGreaterThanOrEqual(Number(iat) - 1);
    expect(claims).not.toHaveProperty('sid');
    const guarded = await app.get('/api/me', { authorization: `Bearer ${body.access_token}` });
    expect(await guarded.json()).toEqual({ id: ada.id, email: 'ada@example.com' });
  });

  it('An opaque token and a refresh token hang from an authorization', async () => {
    const bob = await anEndUser().withEmail('bob@example.com').registeredAt(app);
    const opaque = await oldClient.named('opaque').with({ access_token_format: 'opaque' }).registeredAt(app);
    const { access_token: token, refresh_token: refreshToken } = await tokensOf(opaque.password(bob));
    expect(token).toMatch(/^gate_at_/);
    expect((await opaque.refresh(refreshToken)).status).toBe(200);
    const [authorization, ...more] = await authorizationsOf(opaque);
    expect(authorization).toMatchObject({ scopes: ['openid', 'profile', 'offline_access'], isRevoked: false });
    expect(more).toEqual([]);
    expect(await familiesUnder(app, authorization?.id)).toHaveLength(1);
  });

  it('Scopes that are asked for are given and no more, and others are refused with invalid_scope', async () => {
    const body = await tokensOf(old.password(ada, { scope: 'profile' }));
    expect(body.scope).toBe('profile');
    expect(body).not.toHaveProperty('id_token');
    const wider = await answerOf(old.password(ada, { scope: 'admin' }));
    expect(wider).toMatchObject({ status: 400, error: 'invalid_scope' });
  });

  it('A client that does not list the grant is refused', async () => {
    const modern = await aClient().named('modern').registeredAt(app);
    expect(await answerOf(modern.password(ada))).toMatchObject({ status: 400, error: 'unauthorized_client' });
  });

  it.each([{ username: 'ada@example.com' }, { password: PASSWORD }])(
    'A request with %p alone is refused with invalid_request',
    async (form) => {
      expect(await answerOf(ask(form as Parameters))).toMatchObject({ status: 400, error: 'invalid_request' });
    },
  );

  it('A wrong password, nobody and an end user without a password are told the same', async () => {
    await anEndUser().withEmail('federated@example.com').withoutPassword().registeredAt(app);
    expect(await answerOf(askAs('ada@example.com', 'wrong'))).toEqual(wrong);
    expect(await answerOf(askAs('nobody@example.com'))).toEqual(wrong);
    expect(await answerOf(askAs('federated@example.com'))).toEqual(wrong);
    expect(await answerOf(askAs('x'.repeat(10_000)))).toEqual(wrong);
  });

  it('The grant cannot be used to guess: after ten wrong passwords the right one has to wait as well', async () => {
    const eve = await anEndUser().withEmail('eve@example.com').registeredAt(app);
    const guesses = await Promise.all(Array.from({ length: 12 }, () => answerOf(askAs(eve.email, 'wrong'))));
    expect(guesses.filter(({ status }) => status === 400)).toHaveLength(10);
    const response = await old.password(eve);
    expect(response.status).toBe(429);
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Too many wrong passwords; try again later',
    });
    const seconds = Number(response.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    app.clock.travel({ seconds });
    expect((await old.password(eve)).status).toBe(200);
  });
});
