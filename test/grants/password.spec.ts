import { decodeJwt } from 'jose';
import { DataSource } from 'typeorm';
import type { User } from '../../src/users/user/user.js';
import { basic, TestApp } from '../support/test-app.js';

const SECRET = 'the secret of a client';
const PASSWORD = 'correct horse battery staple';

describe('the password grant (RFC 6749 section 4.3)', () => {
  let app: TestApp;
  let ada: User;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.registerUser({ email: 'ada@example.com', password: PASSWORD });
    await app.registerUser({ email: 'bob@example.com', password: PASSWORD });
    await app.registerUser({ email: 'federated@example.com' });
    const old = { grant_types: ['password', 'refresh_token'], scope: 'openid profile offline_access' };
    await app.registerClient('old', old, SECRET);
    await app.registerClient('opaque', { ...old, access_token_format: 'opaque' }, SECRET);
    await app.registerClient('modern', { grant_types: ['authorization_code'] }, SECRET);
  });
  afterAll(() => app.stop());

  const ask = (form: Record<string, string>, clientId = 'old') =>
    app.post('/oauth/token', { grant_type: 'password', ...form }, basic(clientId, SECRET));
  const askAs = (username: string, password = PASSWORD, clientId?: string) => ask({ username, password }, clientId);
  const refusal = async (answer: Promise<Response>) => {
    const response = await answer;
    return { status: response.status, ...((await response.json()) as object) };
  };
  const wrong = { status: 400, error: 'invalid_grant', error_description: 'The username or the password is wrong' };

  it('gives tokens for the person, who authenticated just now by password', async () => {
    const body = await (await askAs('Ada@Example.com')).json();
    expect(body).toMatchObject({ scope: 'openid profile offline_access', refresh_token: expect.any(String) });
    expect(decodeJwt(body.access_token)).toMatchObject({ sub: ada.id, client_id: 'old', fid: expect.any(String) });
    const { auth_time, iat, ...claims } = decodeJwt(body.id_token);
    expect(claims).toMatchObject({ sub: ada.id, aud: 'old', amr: ['pwd'] });
    expect(Number(auth_time)).toBeGreaterThanOrEqual(Number(iat) - 1);
    expect(claims).not.toHaveProperty('sid');
    const guarded = await app.get('/api/me', { authorization: `Bearer ${body.access_token}` });
    expect(await guarded.json()).toEqual({ id: ada.id, email: 'ada@example.com' });
  });

  it('gives an opaque token and a refresh token that hang from an authorization', async () => {
    const { access_token: token, refresh_token: refreshToken } = await (
      await askAs('bob@example.com', PASSWORD, 'opaque')
    ).json();
    expect(token).toMatch(/^gate_at_/);
    const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await app.post('/oauth/token', refresh, basic('opaque', SECRET))).status).toBe(200);
    const rows = await app.nest.get(DataSource).query(
      `SELECT a.scopes FROM authorizations a JOIN token_families f ON f.authorization_id = a.id
       WHERE a.client_id = 'opaque' AND a.revoked_at IS NULL`,
    );
    expect(rows).toEqual([{ scopes: ['openid', 'profile', 'offline_access'] }]);
  });

  it('gives only the scopes that are asked for, and refuses others with invalid_scope', async () => {
    const form = { username: 'ada@example.com', password: PASSWORD };
    const body = await (await ask({ ...form, scope: 'profile' })).json();
    expect(body.scope).toBe('profile');
    expect(body).not.toHaveProperty('id_token');
    expect(await refusal(ask({ ...form, scope: 'admin' }))).toMatchObject({ status: 400, error: 'invalid_scope' });
  });

  it('is refused to a client that does not list it', async () => {
    const answer = await refusal(askAs('ada@example.com', PASSWORD, 'modern'));
    expect(answer).toMatchObject({ status: 400, error: 'unauthorized_client' });
  });

  it.each([{ username: 'ada@example.com' }, { password: PASSWORD }])(
    'refuses %p alone with invalid_request',
    async (form) => {
      expect(await refusal(ask(form as Record<string, string>))).toMatchObject({
        status: 400,
        error: 'invalid_request',
      });
    },
  );

  it('says the same of a wrong password, of nobody and of a person without a password', async () => {
    expect(await refusal(askAs('ada@example.com', 'wrong'))).toEqual(wrong);
    expect(await refusal(askAs('nobody@example.com'))).toEqual(wrong);
    expect(await refusal(askAs('federated@example.com'))).toEqual(wrong);
    expect(await refusal(askAs('x'.repeat(10_000)))).toEqual(wrong);
  });

  it('cannot be used to guess: after ten wrong passwords the right one has to wait as well', async () => {
    await app.registerUser({ email: 'eve@example.com', password: PASSWORD });
    const guesses = await Promise.all(Array.from({ length: 12 }, () => refusal(askAs('eve@example.com', 'wrong'))));
    expect(guesses.filter(({ status }) => status === 400)).toHaveLength(10);
    const response = await askAs('eve@example.com');
    expect(response.status).toBe(429);
    expect(await response.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Too many wrong passwords; try again later',
    });
    const seconds = Number(response.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    app.clock.travel({ seconds });
    expect((await askAs('eve@example.com')).status).toBe(200);
  });
});
