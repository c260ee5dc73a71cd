import { decodeJwt } from 'jose';
import { WorkingDayRefreshModule } from '../../examples/working-day-refresh/working-day-refresh.module.js';
import { answerOf, invalidGrant } from '../support/answer.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { neverIssued } from '../support/never-issued.js';
import { race } from '../support/race.js';
import { countOf, dumpOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

const DAY = 86_400;

describe.each([
  ['the built-in one', []],
  ['that of examples/working-day-refresh', [WorkingDayRefreshModule]],
])('the refresh_token grant (RFC 6749 section 6), %s', (_which, extensions) => {
  let app: TestApp;
  let ada: TestEndUser;
  let web: TestClient;
  let brief: TestClient;
  let opaque: TestClient;

  const webClient = aClient()
    .using('authorization_code', 'refresh_token')
    .allowed('openid profile email offline_access');
  beforeAll(async () => {
    app = await TestApp.start({ extensions });
    ada = await anEndUser().registeredAt(app);
    web = await webClient.named('web').registeredAt(app);
    brief = await webClient.named('brief').with({ refresh_token_lifetime: 3600 }).registeredAt(app);
    opaque = await webClient.named('opaque').with({ access_token_format: 'opaque' }).registeredAt(app);
  });
  afterAll(() => app.stop());

  const reused = invalidGrant('The refresh token was used before, so every token of this sign-in is now revoked');
  const revoked = invalidGrant('The refresh token is revoked');
  const me = (token: string) => app.get('/api/me', { authorization: `Bearer ${token}` });

  describe('what a refresh gives', () => {
    it('A refresh gives a new refresh token and access token, and an id_token without nonce for the same sign-in', async () => {
      const first = await web.signIn(ada);
      const next = await web.refreshed(first.refresh_token);
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

    it('A client that is registered for opaque access tokens gets another one', async () => {
      const { refresh_token: token } = await opaque.signIn(ada);
      const next = await opaque.refreshed(token);
      expect(next.access_token).toMatch(/^gate_at_/);
      expect((await me(next.access_token)).status).toBe(200);
    });

    it('A public client may refresh as well', async () => {
      const native = await webClient.named('native').public().registeredAt(app);
      const first = await native.signIn(ada);
      const next = await native.refreshed(first.refresh_token);
      expect(next.refresh_token).not.toBe(first.refresh_token);
    });

    it('The access token has fewer scopes when the request says so, while the refresh token keeps them all', async () => {
      const first = await web.signIn(ada);
      const narrow = await web.refreshed(first.refresh_token, { scope: 'profile' });
      expect(narrow.scope).toBe('profile');
      expect(narrow).not.toHaveProperty('id_token');
      expect(decodeJwt(narrow.access_token).scope).toBe('profile');
      const wide = await web.refreshed(narrow.refresh_token);
      expect(wide.scope).toBe('openid profile email offline_access');
    });

    it('The tokens have no scope that the client has lost since', async () => {
      const shrinking = webClient.named('shrinking');
      const client = await shrinking.registeredAt(app);
      let { refresh_token: token } = await client.signIn(ada);
      await shrinking.using('refresh_token').allowed('openid profile').registeredAt(app);
      await eventually(async () => {
        const next = await client.refreshed(token);
        token = next.refresh_token;
        expect(next.scope).toBe('openid profile');
      });
    });
  });

  describe('what is refused', () => {
    it('An end user who was disabled or deleted gets no tokens, and no replay either', async () => {
      const eve = await anEndUser().withEmail('eve@example.com').registeredAt(app);
      const spent = await web.signIn(eve);
      const { refresh_token: token } = await web.refreshed(spent.refresh_token);
      for (const end of [() => eve.disable(), () => eve.remove()]) {
        await end();
        expect(await answerOf(web.refresh(token))).toEqual(revoked);
        expect(await answerOf(web.refresh(spent.refresh_token))).toEqual(revoked);
      }
    });

    it('A request without refresh_token is refused with invalid_request', async () => {
      expect(await answerOf(web.refresh(''))).toMatchObject({ status: 400, error: 'invalid_request' });
    });

    it.each([
      ['junk', 'junk'],
      ['100 KB', 'x'.repeat(100_000)],
      ['a well-formed one that nobody was given', neverIssued('rt', 690)],
      ['another kind of token', neverIssued('ac', 2960)],
    ])('An unknown refresh token is refused: %s', async (_what, token) => {
      expect(await answerOf(web.refresh(token))).toEqual(invalidGrant('This server issued no such refresh token'));
    });

    it("A token of another client's is refused and left to its owner", async () => {
      const { refresh_token: token } = await web.signIn(ada);
      const other = await answerOf(brief.refresh(token));
      expect(other).toEqual(invalidGrant('The refresh token was issued to another client'));
      const next = await web.refreshed(token);
      app.clock.travel({ seconds: 60 });
      expect((await brief.refresh(token)).status).toBe(400);
      await web.refreshed(next.refresh_token);
    });

    it('More scopes than the end user allowed are refused with invalid_scope, and the token is left unspent', async () => {
      const { refresh_token: token } = await web.signIn(ada);
      const wider = await answerOf(web.refresh(token, { scope: 'profile admin' }));
      expect(wider).toMatchObject({ status: 400, error: 'invalid_scope' });
      await web.refreshed(token);
    });

    it('A token that has lain unused for its lifetime is refused, and each use starts that anew', async () => {
      const first = await brief.signIn(ada);
      app.clock.travel({ seconds: 3500 });
      const second = await brief.refreshed(first.refresh_token);
      app.clock.travel({ seconds: 3500 });
      const third = await brief.refreshed(second.refresh_token);
      app.clock.travel({ seconds: 3601 });
      const expired = await answerOf(brief.refresh(third.refresh_token));
      expect(expired).toEqual(invalidGrant('The refresh token has expired, or the sign-in that it is from is over'));
    });
  });

  describe('a spent refresh token (RFC 9700 section 4.14.2)', () => {
    it('A retry after a lost answer gets the very same response again, with expires_in counted anew', async () => {
      const { refresh_token: token } = await opaque.signIn(ada);
      const first = await opaque.refreshed(token);
      app.clock.travel({ seconds: 50 });
      const again = await opaque.refreshed(token);
      expect(again).toEqual({ ...first, expires_in: expect.any(Number) });
      expect(Math.abs(again.expires_in - 3550)).toBeLessThan(5);
      expect((await me(first.access_token)).status).toBe(200);
      await opaque.refreshed(first.refresh_token);
    });

    it('A spent refresh token whose successor was used is reused, however little later it comes back', async () => {
      const { refresh_token: token } = await opaque.signIn(ada);
      const next = await opaque.refreshed(token);
      const newest = await opaque.refreshed(next.refresh_token);
      expect(await answerOf(opaque.refresh(token))).toEqual(reused);
      expect(await answerOf(opaque.refresh(newest.refresh_token))).toEqual(revoked);
      expect((await me(newest.access_token)).status).toBe(401);
    });

    it('A retry for other scopes than the first request gets nothing, and ends nothing', async () => {
      const { refresh_token: token } = await web.signIn(ada);
      const next = await web.refreshed(token, { scope: 'profile email' });
      const other = invalidGrant('The refresh token was used a moment ago, for other scopes');
      for (const parameters of [{ scope: 'profile' }, {}])
        expect(await answerOf(web.refresh(token, parameters))).toEqual(other);
      const again = await web.refreshed(token, { scope: 'email profile' });
      expect(again.access_token).toBe(next.access_token);
      expect((await me(next.access_token)).status).toBe(200);
      await web.refreshed(next.refresh_token);
    });

    it('A spent refresh token is kept as a digest, and its response sealed', async () => {
      const { refresh_token: token } = await opaque.signIn(ada);
      const next = await opaque.refreshed(token);
      expect(await countOf(app, 'refresh_answers')).toBeGreaterThan(0);
      const dump = (await dumpOf(app, 'refresh_tokens')) + (await dumpOf(app, 'refresh_answers'));
      for (const secret of [token, next.refresh_token, next.access_token]) {
        expect(dump).not.toContain(secret);
        expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
      }
    });

    it('The sealed response is gone soon after the window is over', async () => {
      const { refresh_token: token } = await opaque.signIn(ada);
      await opaque.refreshed(token);
      expect(await countOf(app, 'refresh_answers')).toBeGreaterThan(0);
      app.clock.travel({ seconds: 61 });
      await app.startNode();
      expect(await countOf(app, 'refresh_answers')).toBe(0);
    });

    it('A retry by another client gets no response', async () => {
      const { refresh_token: token } = await web.signIn(ada);
      await web.refreshed(token);
      expect((await brief.refresh(token)).status).toBe(400);
    });

    it('A spent refresh token ends every token of the sign-in when it comes back after the window', async () => {
      const { refresh_token: token } = await opaque.signIn(ada);
      const next = await opaque.refreshed(token);
      app.clock.travel({ seconds: 61 });
      expect(await answerOf(opaque.refresh(token))).toEqual(reused);
      expect(await answerOf(opaque.refresh(next.refresh_token))).toEqual(revoked);
      expect(await answerOf(opaque.refresh(token))).toEqual(revoked);
      expect((await me(next.access_token)).status).toBe(401);
    });

    it('A reuse ends no other sign-in of the same end user at the same client', async () => {
      const [stolen, other] = [await web.signIn(ada), await web.signIn(ada)];
      const next = await web.refreshed(stolen.refresh_token);
      app.clock.travel({ seconds: 61 });
      expect(await answerOf(web.refresh(stolen.refresh_token))).toEqual(reused);
      expect((await me(next.access_token)).status).toBe(401);
      await web.refreshed(other.refresh_token);
    });

    it('A spent refresh token ends the sign-in even after its own lifetime', async () => {
      const { refresh_token: token } = await brief.signIn(ada);
      let next = await brief.refreshed(token);
      app.clock.travel({ seconds: 3000 });
      next = await brief.refreshed(next.refresh_token);
      app.clock.travel({ seconds: 3000 });
      expect(await answerOf(brief.refresh(token))).toEqual(reused);
      expect(await answerOf(brief.refresh(next.refresh_token))).toEqual(revoked);
    });
  });

  it('Twenty parallel refreshes of one token on two nodes get the same single response', async () => {
    const node = await app.startNode();
    const { refresh_token: token } = await opaque.signIn(ada);
    const before = { refresh: await countOf(app, 'refresh_tokens'), access: await countOf(app, 'access_tokens') };
    const answers = await race(
      app,
      { table: 'refresh_tokens', token },
      Array.from({ length: 20 }, (_, index) => () => opaque.at(index % 2 ? app : node).refresh(token)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const tokens = await Promise.all(answers.map((answer) => tokensOf(answer)));
    expect(new Set(tokens.map((each) => JSON.stringify({ ...each, expires_in: undefined }))).size).toBe(1);
    expect(await countOf(app, 'refresh_tokens')).toBe(before.refresh + 1);
    expect(await countOf(app, 'access_tokens')).toBe(before.access + 1);
    await opaque.refreshed(tokens[0]?.refresh_token ?? '');
  });

  it('No token outlives a family that is revoked in the middle of 20 refreshes', async () => {
    const { refresh_token: token } = await opaque.signIn(ada);
    const next = await opaque.refreshed(token);
    app.clock.travel({ seconds: 61 });
    const answers = await Promise.all([
      opaque.refresh(next.refresh_token),
      ...Array.from({ length: 10 }, () => opaque.refresh(token)),
      opaque.refresh(next.refresh_token),
    ]);
    for (const answer of answers.filter(({ status }) => status === 200)) {
      const { access_token: accessToken, refresh_token: successor } = await tokensOf(answer);
      expect((await me(accessToken)).status).toBe(401);
      expect(await answerOf(opaque.refresh(successor))).toEqual(revoked);
    }
  });
});

describe('token lifetimes of your own', () => {
  const tokens = {
    accessTokenSecondsByGrantType: { refresh_token: 120 },
    tokenFamilySeconds: 2 * DAY,
    refreshReplayWindowSeconds: 0,
    refreshTokenRandomBytes: 64,
  };

  let app: TestApp;
  let web: TestClient;
  let ada: TestEndUser;
  beforeAll(async () => {
    app = await TestApp.start({ options: { tokens } });
    ada = await anEndUser().registeredAt(app);
    web = await aClient().using('authorization_code', 'refresh_token').allowed('profile').registeredAt(app);
  });
  afterAll(() => app.stop());

  it('Options decide how long an access token lives by grant type, and how long a sign-in lasts however it is refreshed', async () => {
    const first = await web.signIn(ada);
    expect(first.expires_in).toBe(3600);
    let token = first.refresh_token;
    for (const seconds of [DAY - 60, DAY - 60]) {
      app.clock.travel({ seconds });
      const next = await web.refreshed(token);
      expect(next).toMatchObject({ expires_in: 120, refresh_token: expect.any(String) });
      token = next.refresh_token;
    }
    const { exp } = await (await web.introspect(token)).json();
    expect(Math.abs(exp - app.clock.now().getTime() / 1000 - 120)).toBeLessThan(30);
    app.clock.travel({ seconds: 121 });
    expect(await answerOf(web.refresh(token))).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('An option makes the random part of refresh tokens longer, and those of either length are taken', async () => {
    const { refresh_token: token } = await web.signIn(ada);
    // 64 bytes are 86 characters of base64url, beside the 7 of the checksum.
    expect(token).toMatch(/^gate_rt_[0-9a-z]+_[\w-]{86}[0-9a-z]{7}$/);
    expect((await web.refreshed(token)).refresh_token).toHaveLength(token.length);
  });

  it('A replay window of 0 turns the retry off', async () => {
    const { refresh_token: token } = await web.signIn(ada);
    await web.refreshed(token);
    expect((await answerOf(web.refresh(token))).error_description).toMatch(/used before/);
  });
});
