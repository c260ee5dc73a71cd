import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { DataSource } from 'typeorm';
import { createToken, digestOf } from '../../src/common/crypto/random-token.js';
import type { GrantedRequest } from '../../src/oauth-server/authorization-endpoint/response-types/response-type.js';
import { AuthorizationRepository } from '../../src/oauth-server/storage/authorization.repository.js';
import type { User } from '../../src/users/user/user.js';
import { VERIFIER } from '../support/authorization-request.js';
import { eventually } from '../support/eventually.js';
import { issueCode, REDIRECT_URI } from '../support/issued-code.js';
import { race } from '../support/race.js';
import { basic, TestApp } from '../support/test-app.js';

const SECRET = 'the secret of a client';

describe('the authorization_code grant (RFC 6749 section 4.1.3)', () => {
  let app: TestApp;
  let user: User;

  beforeAll(async () => {
    app = await TestApp.start();
    user = await app.registerUser({ email: 'ada@example.com' });
    const web = {
      redirect_uris: [REDIRECT_URI],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile offline_access',
    };
    await app.registerClient('web', web, SECRET);
    await app.registerClient('other', web, SECRET);
    await app.registerClient('opaque', { ...web, access_token_format: 'opaque' }, SECRET);
    await app.registerClient('simple', { ...web, scope: 'openid profile' }, SECRET);
    await app.registerClient('once', { ...web, grant_types: ['authorization_code'] }, SECRET);
    await app.registerClient('native', web);
  });
  afterAll(() => app.stop());

  const codeFor = (clientId: string, changes?: Partial<GrantedRequest>) => issueCode(app, clientId, user.id, changes);
  const redeem = (clientId: string, code: string, changes: Record<string, string> = {}, node = app) => {
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER };
    return node.post('/oauth/token', { ...form, ...changes }, basic(clientId, SECRET));
  };
  const redeemed = async (clientId: string, changes?: Partial<GrantedRequest>) =>
    (await redeem(clientId, await codeFor(clientId, changes))).json();
  const refusal = async (answer: Promise<Response>) => {
    const response = await answer;
    return { status: response.status, ...((await response.json()) as object) };
  };
  const invalidGrant = (description: unknown) => ({
    status: 400,
    error: 'invalid_grant',
    error_description: description,
  });
  const me = (token: string, node = app) => node.get('/api/me', { authorization: `Bearer ${token}` });
  const rows = (sql: string, values: unknown[] = []) => app.nest.get(DataSource).query(sql, values);
  const familyOf = (accessToken: string) => String(decodeJwt(accessToken).fid).split('.')[1];

  describe('what a code gives', () => {
    it('is an access token, a refresh token and an id_token with nonce and at_hash', async () => {
      const body = await redeemed('web');
      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        refresh_token: expect.stringMatching(/^gate_rt_/),
        scope: 'openid profile offline_access',
        id_token: expect.any(String),
      });
      expect(decodeJwt(body.access_token)).toMatchObject({
        sub: user.id,
        client_id: 'web',
        scope: 'openid profile offline_access',
        auth_time: expect.any(Number),
        fid: expect.stringMatching(/^[0-9a-z]+\.[0-9a-f-]{36}$/),
      });
      expect(decodeJwt(body.id_token)).toMatchObject({
        sub: user.id,
        aud: 'web',
        nonce: 'a nonce',
        amr: ['pwd'],
        sid: expect.any(String),
        at_hash: expect.any(String),
      });
      expect(await (await me(body.access_token)).json()).toEqual({ id: user.id, email: 'ada@example.com' });
    });

    it('is an opaque access token for a client that is registered for one', async () => {
      const { access_token: token } = await redeemed('opaque');
      expect(token).toMatch(/^gate_at_/);
      expect(await (await me(token)).json()).toEqual({ id: user.id, email: 'ada@example.com' });
    });

    it('is no id_token without the scope openid', async () => {
      const body = await redeemed('web', { scopes: ['profile'] });
      expect(body).not.toHaveProperty('id_token');
      expect(body).toMatchObject({ scope: 'profile', refresh_token: expect.any(String) });
    });

    it('is a refresh token only where the client lists it, and where an OpenID request asks for one', async () => {
      expect(await redeemed('once')).not.toHaveProperty('refresh_token');
      expect(await redeemed('web', { scopes: ['openid', 'profile'] })).not.toHaveProperty('refresh_token');
      expect(await redeemed('simple', { scopes: ['openid', 'profile'] })).toHaveProperty('refresh_token');
    });

    it('goes to a public client that keeps the verifier', async () => {
      const code = await codeFor('native');
      const form = { grant_type: 'authorization_code', client_id: 'native', code, code_verifier: VERIFIER };
      const response = await app.post('/oauth/token', { ...form, redirect_uri: REDIRECT_URI });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
    });
  });

  describe('what it refuses', () => {
    it('refuses a request without code with invalid_request', async () => {
      const answer = await refusal(redeem('web', ''));
      expect(answer).toMatchObject({
        status: 400,
        error: 'invalid_request',
        error_description: expect.stringContaining('code is missing'),
      });
    });

    it.each([
      ['junk', 'junk'],
      ['8 KB', 'x'.repeat(8192)],
      ['a well-formed one that nobody was given', createToken('ac', 2960)],
      ['one of a period without a partition', createToken('ac', 46_656)],
      ['another kind of token', createToken('rt', 690)],
    ])('refuses %s as a code', async (_what, code) => {
      expect(await refusal(redeem('web', code))).toEqual(invalidGrant('This server issued no such code'));
    });

    const wrong: [string, Partial<GrantedRequest>, Record<string, string>, string][] = [
      ['without redirect_uri where the authorization request had one', {}, { redirect_uri: '' }, 'redirect_uri is not'],
      ['with another redirect_uri', {}, { redirect_uri: `${REDIRECT_URI}/` }, 'redirect_uri is not'],
      [
        'with a redirect_uri where the authorization request had none',
        { redirectUriParameter: undefined },
        {},
        'redirect_uri is not',
      ],
      ['without the verifier', {}, { code_verifier: '' }, 'code_verifier is missing'],
      ['with a wrong verifier', {}, { code_verifier: `${VERIFIER}x` }, 'code_verifier does not match'],
      ['with the challenge in place of the verifier', {}, { code_verifier: 'plain' }, 'code_verifier does not match'],
      [
        'with a verifier where there was no challenge (RFC 9700 section 4.8.2)',
        { codeChallenge: undefined, codeChallengeMethod: undefined },
        {},
        'code_verifier is given',
      ],
    ];
    it.each(wrong)('refuses a code %s, and leaves it unspent', async (_what, granted, form, description) => {
      const code = await codeFor('web', granted);
      expect(await refusal(redeem('web', code, form))).toEqual(invalidGrant(expect.stringContaining(description)));
      const right = {
        redirect_uri: 'redirectUriParameter' in granted ? '' : REDIRECT_URI,
        code_verifier: 'codeChallenge' in granted ? '' : VERIFIER,
      };
      expect((await redeem('web', code, right)).status).toBe(200);
    });

    it('takes a plain challenge, where the code has one', async () => {
      const plain = { codeChallenge: VERIFIER, codeChallengeMethod: 'plain' } as const;
      expect((await redeem('web', await codeFor('web', plain))).status).toBe(200);
    });

    it("refuses another client's code, and leaves it to its owner", async () => {
      const code = await codeFor('web');
      expect(await refusal(redeem('other', code))).toEqual(invalidGrant('The code was issued to another client'));
      expect((await redeem('web', code)).status).toBe(200);
    });

    it('refuses an expired code', async () => {
      const code = await codeFor('web');
      app.clock.travel({ seconds: 61 });
      expect(await refusal(redeem('web', code))).toEqual(invalidGrant('The code has expired'));
    });

    it('refuses a code whose authorization the end user has taken back', async () => {
      const code = await codeFor('web');
      await rows('UPDATE authorizations SET revoked_at = now() WHERE user_id = $1 AND client_id = $2', [
        user.id,
        'web',
      ]);
      expect(await refusal(redeem('web', code))).toMatchObject({ status: 400, error: 'invalid_grant' });
    });
  });

  it('refuses a person who was disabled since', async () => {
    const { id } = await app.registerUser({ email: 'eve@example.com' });
    const code = await issueCode(app, 'web', id);
    await rows('UPDATE users SET disabled_at = now() WHERE id = $1', [id]);
    expect(await refusal(redeem('web', code))).toEqual(invalidGrant('The end user has no account here any more'));
  });

  it('gives nothing that outlives an authorization taken back at the same moment', async () => {
    const { access_token: token } = await redeemed('opaque');
    const family = await rows(
      'SELECT f.* FROM token_families f JOIN access_tokens t ON t.family_id = f.id AND t.digest = $1',
      [digestOf(token)],
    );
    // The same redemption once more, half way: what it gives is not committed yet when the person takes it back.
    const redemption = app.nest.get(DataSource).createQueryRunner();
    await redemption.startTransaction();
    const [{ authorization_id: authorizationId }] = family;
    await redemption.query('SELECT 1 FROM authorizations WHERE id = $1 FOR SHARE', [authorizationId]);
    const late = JSON.stringify([{ ...family[0], id: randomUUID() }]);
    const insert = 'INSERT INTO token_families SELECT row.* FROM json_populate_recordset(NULL::token_families, $1) row';
    await redemption.query(insert, [late]);
    const takenBack = app.nest.get(AuthorizationRepository, { strict: false }).revoke(authorizationId, user.id);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually(async () => expect(await rows(waiting)).not.toEqual([]));
    await redemption.commitTransaction();
    await redemption.release();
    await takenBack;
    const live = 'SELECT id FROM token_families WHERE authorization_id = $1 AND revoked_at IS NULL';
    expect(await rows(live, [authorizationId])).toEqual([]);
  });

  describe('a replayed code (RFC 6749 section 4.1.2)', () => {
    let node: TestApp;
    beforeAll(async () => {
      node = await app.startNode();
    });

    it('is refused, and every token that it gave is revoked', async () => {
      const code = await codeFor('opaque');
      const { access_token: token, refresh_token: refreshToken } = await (await redeem('opaque', code)).json();
      expect((await me(token)).status).toBe(200);
      expect(await refusal(redeem('opaque', code))).toEqual(invalidGrant(expect.stringContaining('used before')));
      expect((await me(token)).status).toBe(401);
      const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken };
      const refreshed = await refusal(app.post('/oauth/token', refresh, basic('opaque', SECRET)));
      expect(refreshed).toEqual(invalidGrant('The refresh token is revoked'));
    });

    it('ends a JWT as well, on every node', async () => {
      const code = await codeFor('web');
      const { access_token: token } = await (await redeem('web', code)).json();
      expect((await me(token)).status).toBe(200);
      await redeem('web', code);
      const [family] = await rows('SELECT revoked_because FROM token_families WHERE id = $1', [familyOf(token)]);
      expect(family).toEqual({ revoked_because: 'authorization code replayed' });
      expect((await me(token)).status).toBe(401);
      await eventually(async () => expect((await me(token, node)).status).toBe(401));
    });

    it('is recognised after its lifetime too', async () => {
      const code = await codeFor('opaque');
      const { access_token: token } = await (await redeem('opaque', code)).json();
      app.clock.travel({ seconds: 600 });
      expect(await refusal(redeem('opaque', code))).toEqual(invalidGrant(expect.stringContaining('used before')));
      expect((await me(token)).status).toBe(401);
    });

    it('revokes nothing when another client or a wrong verifier presents it', async () => {
      const code = await codeFor('opaque');
      const { access_token: token } = await (await redeem('opaque', code)).json();
      expect((await redeem('other', code)).status).toBe(400);
      expect((await redeem('opaque', code, { code_verifier: `${VERIFIER}x` })).status).toBe(400);
      expect((await me(token)).status).toBe(200);
    });

    it('succeeds exactly once among 20 at the same time on two nodes; the losers count as replays', async () => {
      const code = await codeFor('opaque');
      const row = { sql: 'SELECT 1 FROM authorization_codes WHERE digest = $1', value: digestOf(code) };
      const answers = await race(app, row, () =>
        Array.from({ length: 20 }, (_, index) => refusal(redeem('opaque', code, {}, index % 2 ? app : node))),
      );
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
      const { access_token: token } = winners[0] as unknown as { access_token: string };
      expect((await me(token)).status).toBe(401);
      const [{ families }] = await rows(
        `SELECT count(*)::int AS families FROM token_families f JOIN access_tokens t ON t.family_id = f.id
         WHERE t.family_id = (SELECT family_id FROM authorization_codes WHERE digest = sha256(convert_to($1, 'UTF8')))`,
        [code],
      );
      expect(families).toBe(1);
    });
  });
});
