import { Global, Module } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { DataSource } from 'typeorm';
import { createToken, digestOf } from '../../src/common/crypto/random-token.js';
import { TokenLifetimes } from '../../src/oauth-server/tokens/token-lifetimes.js';
import {
  TOKEN_LIFETIMES_OPTIONS,
  type TokenLifetimesOptions,
  tokenLifetimesDefaults,
} from '../../src/oauth-server/tokens/token-lifetimes.options.js';
import type { User } from '../../src/users/user/user.js';
import { VERIFIER } from '../support/authorization-request.js';
import { eventually } from '../support/eventually.js';
import { issueCode, REDIRECT_URI } from '../support/issued-code.js';
import { race } from '../support/race.js';
import { basic, TestApp } from '../support/test-app.js';

const SECRET = 'the secret of a client';
const DAY = 86_400;

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly scope: string;
}

describe('the refresh_token grant (RFC 6749 section 6)', () => {
  let app: TestApp;
  let user: User;

  beforeAll(async () => {
    app = await TestApp.start();
    user = await app.registerUser({ email: 'ada@example.com' });
    const web = {
      redirect_uris: [REDIRECT_URI],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email offline_access',
    };
    await app.registerClient('web', web, SECRET);
    await app.registerClient('other', web, SECRET);
    await app.registerClient('opaque', { ...web, access_token_format: 'opaque' }, SECRET);
    await app.registerClient('brief', { ...web, refresh_token_lifetime: 3600 }, SECRET);
    await app.registerClient('native', web);
  });
  afterAll(() => app.stop());

  const signIn = async (clientId: string, userId = user.id): Promise<Tokens> => {
    const code = await issueCode(app, clientId, userId);
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    return (await app.post('/oauth/token', form, basic(clientId, SECRET))).json();
  };
  const refresh = (clientId: string, token: string, form: Record<string, string> = {}, node = app) =>
    node.post('/oauth/token', { grant_type: 'refresh_token', refresh_token: token, ...form }, basic(clientId, SECRET));
  const refreshed = async (clientId: string, token: string, form?: Record<string, string>): Promise<Tokens> => {
    const response = await refresh(clientId, token, form);
    expect(response.status).toBe(200);
    return response.json();
  };
  const refusal = async (answer: Promise<Response>) => {
    const response = await answer;
    return { status: response.status, ...((await response.json()) as object) };
  };
  const invalidGrant = (description: unknown) => ({
    status: 400,
    error: 'invalid_grant',
    error_description: description,
  });
  const reused = invalidGrant('The refresh token was used before, so every token of this sign-in is now revoked');
  const revoked = invalidGrant('The refresh token is revoked');
  const me = (token: string) => app.get('/api/me', { authorization: `Bearer ${token}` });
  const count = async (sql: string) =>
    (await app.nest.get(DataSource).query(`SELECT count(*)::int FROM ${sql}`))[0].count;

  describe('what a refresh gives', () => {
    it('is a new refresh token and access token, and an id_token without nonce for the same sign-in', async () => {
      const first = await signIn('web');
      const next = await refreshed('web', first.refresh_token);
      expect(next).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        refresh_token: expect.stringMatching(/^gate_rt_/),
        scope: 'openid profile email offline_access',
        id_token: expect.any(String),
      });
      expect(next.refresh_token).not.toBe(first.refresh_token);
      expect((await me(next.access_token)).status).toBe(200);
      const { sub, auth_time, sid, nonce } = decodeJwt(first.id_token);
      expect(nonce).toBe('a nonce');
      expect(decodeJwt(next.id_token)).toMatchObject({ sub, auth_time, sid, at_hash: expect.any(String) });
      expect(decodeJwt(next.id_token)).not.toHaveProperty('nonce');
    });

    it('is an opaque access token for a client that is registered for one', async () => {
      const { refresh_token: token } = await signIn('opaque');
      const next = await refreshed('opaque', token);
      expect(next.access_token).toMatch(/^gate_at_/);
      expect((await me(next.access_token)).status).toBe(200);
    });

    it('goes to a public client as well', async () => {
      const code = await issueCode(app, 'native', user.id);
      const ask = async (form: Record<string, string>) => {
        const response = await app.post('/oauth/token', { client_id: 'native', ...form });
        expect(response.status).toBe(200);
        return (await response.json()) as Tokens;
      };
      const exchange = { code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
      const first = await ask({ grant_type: 'authorization_code', ...exchange });
      const next = await ask({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
      expect(next.refresh_token).not.toBe(first.refresh_token);
    });

    it('has fewer scopes when the request says so, while the refresh token keeps them all', async () => {
      const first = await signIn('web');
      const narrow = await refreshed('web', first.refresh_token, { scope: 'profile' });
      expect(narrow.scope).toBe('profile');
      expect(narrow).not.toHaveProperty('id_token');
      expect(decodeJwt(narrow.access_token).scope).toBe('profile');
      const wide = await refreshed('web', narrow.refresh_token);
      expect(wide.scope).toBe('openid profile email offline_access');
    });

    it('has no scope that the client has lost since', async () => {
      let { refresh_token: token } = await signIn('other');
      await app.registerClient('other', { grant_types: ['refresh_token'], scope: 'openid profile' }, SECRET);
      await eventually(async () => {
        const next = await refreshed('other', token);
        token = next.refresh_token;
        expect(next.scope).toBe('openid profile');
      });
    });
  });

  describe('what it refuses', () => {
    it('refuses a person who was disabled or deleted, and a replay for them too', async () => {
      const { id } = await app.registerUser({ email: 'eve@example.com' });
      const spent = await signIn('web', id);
      const { refresh_token: token } = await refreshed('web', spent.refresh_token);
      const gone = invalidGrant('The end user has no account here any more');
      for (const sql of ['UPDATE users SET disabled_at = now() WHERE id = $1', 'DELETE FROM users WHERE id = $1']) {
        await app.nest.get(DataSource).query(sql, [id]);
        expect(await refusal(refresh('web', token))).toEqual(gone);
        expect(await refusal(refresh('web', spent.refresh_token))).toEqual(gone);
      }
    });

    it('refuses a request without refresh_token with invalid_request', async () => {
      expect(await refusal(refresh('web', ''))).toMatchObject({ status: 400, error: 'invalid_request' });
    });

    it.each([
      ['junk', 'junk'],
      ['100 KB', 'x'.repeat(100_000)],
      ['a well-formed one that nobody was given', createToken('rt', 690)],
      ['another kind of token', createToken('ac', 2960)],
    ])('refuses %s as a refresh token', async (_what, token) => {
      expect(await refusal(refresh('web', token))).toEqual(invalidGrant('This server issued no such refresh token'));
    });

    it("refuses another client's token, and leaves it to its owner", async () => {
      const { refresh_token: token } = await signIn('web');
      const other = await refusal(refresh('brief', token));
      expect(other).toEqual(invalidGrant('The refresh token was issued to another client'));
      const next = await refreshed('web', token);
      app.clock.travel({ seconds: 60 });
      expect((await refresh('brief', token)).status).toBe(400);
      await refreshed('web', next.refresh_token);
    });

    it('refuses more scopes than the end user allowed with invalid_scope, and leaves the token unspent', async () => {
      const { refresh_token: token } = await signIn('web');
      const wider = await refusal(refresh('web', token, { scope: 'profile admin' }));
      expect(wider).toMatchObject({ status: 400, error: 'invalid_scope' });
      await refreshed('web', token);
    });

    it('refuses a token that has lain unused for its lifetime, and each use starts that anew', async () => {
      const first = await signIn('brief');
      app.clock.travel({ seconds: 3500 });
      const second = await refreshed('brief', first.refresh_token);
      app.clock.travel({ seconds: 3500 });
      const third = await refreshed('brief', second.refresh_token);
      app.clock.travel({ seconds: 3601 });
      const expired = await refusal(refresh('brief', third.refresh_token));
      expect(expired).toEqual(invalidGrant('The refresh token has expired, or the sign-in that it is from is over'));
    });
  });

  describe('a spent refresh token (RFC 9700 section 4.14.2)', () => {
    it('gets the very same response again when the answer was lost and the client retries', async () => {
      const { refresh_token: token } = await signIn('opaque');
      const first = await refreshed('opaque', token);
      app.clock.travel({ seconds: 9 });
      expect(await refreshed('opaque', token)).toEqual(first);
      expect((await me(first.access_token)).status).toBe(200);
      await refreshed('opaque', first.refresh_token);
    });

    it('is kept as a digest, and its response sealed', async () => {
      const { refresh_token: token } = await signIn('opaque');
      const next = await refreshed('opaque', token);
      const dump = JSON.stringify(await app.nest.get(DataSource).query('SELECT t::text FROM refresh_tokens t'));
      for (const secret of [token, next.refresh_token, next.access_token]) {
        expect(dump).not.toContain(secret);
        expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
      }
    });

    it('gets no response again from another client', async () => {
      const { refresh_token: token } = await signIn('web');
      await refreshed('web', token);
      expect((await refresh('brief', token)).status).toBe(400);
    });

    it('ends every token of the sign-in when it comes back after the window', async () => {
      const { refresh_token: token } = await signIn('opaque');
      const next = await refreshed('opaque', token);
      app.clock.travel({ seconds: 11 });
      expect(await refusal(refresh('opaque', token))).toEqual(reused);
      expect(await refusal(refresh('opaque', next.refresh_token))).toEqual(revoked);
      expect(await refusal(refresh('opaque', token))).toEqual(revoked);
      expect((await me(next.access_token)).status).toBe(401);
    });

    it('ends no other sign-in of the same person at the same client', async () => {
      const [stolen, other] = [await signIn('web'), await signIn('web')];
      const next = await refreshed('web', stolen.refresh_token);
      app.clock.travel({ seconds: 11 });
      expect(await refusal(refresh('web', stolen.refresh_token))).toEqual(reused);
      expect((await me(next.access_token)).status).toBe(401);
      await refreshed('web', other.refresh_token);
    });

    it('ends the sign-in even after its own lifetime', async () => {
      const { refresh_token: token } = await signIn('brief');
      let next = await refreshed('brief', token);
      app.clock.travel({ seconds: 3000 });
      next = await refreshed('brief', next.refresh_token);
      app.clock.travel({ seconds: 3000 });
      expect(await refusal(refresh('brief', token))).toEqual(reused);
      expect(await refusal(refresh('brief', next.refresh_token))).toEqual(revoked);
    });
  });

  it('gives 20 parallel refreshes of one token on two nodes the same single response', async () => {
    const node = await app.startNode();
    const { refresh_token: token } = await signIn('opaque');
    const before = { refresh: await count('refresh_tokens'), access: await count('access_tokens') };
    const row = { sql: 'SELECT 1 FROM refresh_tokens WHERE digest = $1', value: digestOf(token) };
    const answers = await race(app, row, () =>
      Array.from({ length: 20 }, (_, index) => refresh('opaque', token, {}, index % 2 ? app : node)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect(bodies.size).toBe(1);
    expect(await count('refresh_tokens')).toBe(before.refresh + 1);
    expect(await count('access_tokens')).toBe(before.access + 1);
    const [body = ''] = bodies;
    await refreshed('opaque', JSON.parse(body).refresh_token);
  });

  it('gives no token that outlives a family revoked in the middle of 20 refreshes', async () => {
    const { refresh_token: token } = await signIn('opaque');
    const next = await refreshed('opaque', token);
    app.clock.travel({ seconds: 11 });
    const answers = await Promise.all([
      refresh('opaque', next.refresh_token),
      ...Array.from({ length: 10 }, () => refresh('opaque', token)),
      refresh('opaque', next.refresh_token),
    ]);
    for (const answer of answers.filter(({ status }) => status === 200)) {
      const { access_token: accessToken, refresh_token: successor } = await answer.json();
      expect((await me(accessToken)).status).toBe(401);
      expect(await refusal(refresh('opaque', successor))).toEqual(revoked);
    }
  });
});

describe('token lifetimes of your own', () => {
  const lifetimes: TokenLifetimesOptions = {
    ...tokenLifetimesDefaults,
    accessTokenSecondsByGrantType: { refresh_token: 120 },
    tokenFamilySeconds: 2 * DAY,
    refreshReplayWindowSeconds: 0,
  };

  @Global()
  @Module({
    providers: [{ provide: TOKEN_LIFETIMES_OPTIONS, useValue: lifetimes }],
    exports: [TOKEN_LIFETIMES_OPTIONS],
  })
  class LifetimesModule {}

  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [LifetimesModule] });
    const web = {
      redirect_uris: [REDIRECT_URI],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'profile',
    };
    await app.registerClient('web', web, SECRET);
  });
  afterAll(() => app.stop());

  const ask = async (form: Record<string, string>) => {
    const response = await app.post('/oauth/token', form, basic('web', SECRET));
    return { status: response.status, body: await response.json() };
  };
  const signIn = async (): Promise<string> => {
    const user = await app.registerUser({ email: 'ada@example.com' });
    const code = await issueCode(app, 'web', user.id);
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    const { body } = await ask(form);
    expect(body.expires_in).toBe(3600);
    return body.refresh_token;
  };
  const refresh = (token: string) => ask({ grant_type: 'refresh_token', refresh_token: token });

  it('decide how long an access token lives by grant type, and how long a sign-in lasts however it is refreshed', async () => {
    let token = await signIn();
    for (const seconds of [DAY - 60, DAY - 60]) {
      app.clock.travel({ seconds });
      const { body } = await refresh(token);
      expect(body).toMatchObject({ expires_in: 120, refresh_token: expect.any(String) });
      token = body.refresh_token;
    }
    const introspected = await app.post('/oauth/introspect', { token }, basic('web', SECRET));
    const { exp } = await introspected.json();
    expect(Math.abs(exp - app.clock.now().getTime() / 1000 - 120)).toBeLessThan(30);
    app.clock.travel({ seconds: 121 });
    const { status, body } = await refresh(token);
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_grant' });
  });

  it('turn the retry off with a window of 0', async () => {
    const token = await signIn();
    expect((await refresh(token)).status).toBe(200);
    expect((await refresh(token)).body.error_description).toMatch(/used before/);
  });

  it('are refused at boot when they are out of bounds, all at once', () => {
    const wrong = {
      ...lifetimes,
      accessTokenSeconds: 0,
      tokenFamilySeconds: 401 * DAY,
      refreshReplayWindowSeconds: 1.5,
    };
    const boot = () => new TokenLifetimes(wrong);
    for (const name of ['accessTokenSeconds', 'tokenFamilySeconds', 'refreshReplayWindowSeconds']) {
      expect(boot).toThrow(name);
    }
  });
});
