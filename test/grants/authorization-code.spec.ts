import { decodeJwt } from 'jose';
import { answerOf, invalidGrant } from '../support/answer.js';
import { challengeOf, VERIFIER } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { neverIssued } from '../support/never-issued.js';
import { race } from '../support/race.js';
import { authorizationsOf, familiesOfCode, familiesUnder, findFamily } from '../support/stored-grants.js';
import { readyToTakeBack, takeBack } from '../support/taking-back.js';
import { TestApp } from '../support/test-app.js';
import { type Parameters, type TestClient, tokensOf } from '../support/test-client.js';

describe('the authorization_code grant (RFC 6749 section 4.1.3)', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let web: TestClient;
  let other: TestClient;
  let opaque: TestClient;

  const webClient = aClient()
    .using('authorization_code', 'refresh_token')
    .allowed('openid profile offline_access')
    .with({ code_challenge_methods: ['S256', 'plain'] });
  beforeAll(async () => {
    app = await TestApp.start();
    ada = await anEndUser().registeredAt(app);
    web = await webClient.named('web').registeredAt(app);
    other = await webClient.named('other').registeredAt(app);
    opaque = await webClient.named('opaque').with({ access_token_format: 'opaque' }).registeredAt(app);
  });
  afterAll(() => app.stop());

  const me = (token: string, node = app) => node.get('/api/me', { authorization: `Bearer ${token}` });

  describe('what a code gives', () => {
    it('A code gives an access token, a refresh token and an id_token with nonce and at_hash', async () => {
      const body = await web.signIn(ada);
      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        refresh_token: expect.stringMatching(/^gate_rt_/),
        scope: 'openid profile offline_access',
        id_token: expect.any(String),
      });
      expect(decodeJwt(body.access_token)).toMatchObject({
        sub: ada.id,
        client_id: 'web',
        scope: 'openid profile offline_access',
        auth_time: expect.any(Number),
        gatehouse_family: expect.stringMatching(/^[0-9a-z]+\.[0-9a-f-]{36}$/),
      });
      expect(decodeJwt(body.id_token)).toMatchObject({
        sub: ada.id,
        aud: 'web',
        nonce: 'a nonce',
        amr: ['pwd'],
        sid: expect.any(String),
        at_hash: expect.any(String),
      });
      expect(await (await me(body.access_token)).json()).toEqual({ id: ada.id, email: 'ada@example.com' });
    });

    it('A client that is registered for opaque access tokens gets one', async () => {
      const { access_token: token } = await opaque.signIn(ada);
      expect(token).toMatch(/^gate_at_/);
      expect(await (await me(token)).json()).toEqual({ id: ada.id, email: 'ada@example.com' });
    });

    it('No id_token comes without the scope openid', async () => {
      const body = await web.signIn(ada, { scope: 'profile' });
      expect(body).not.toHaveProperty('id_token');
      expect(body).toMatchObject({ scope: 'profile', refresh_token: expect.any(String) });
    });

    it('A refresh token comes only where the client lists it, and where an OpenID request asks for one', async () => {
      const once = await webClient.named('once').using('authorization_code').registeredAt(app);
      const simple = await webClient.named('simple').allowed('openid profile').registeredAt(app);
      expect(await once.signIn(ada)).not.toHaveProperty('refresh_token');
      expect(await web.signIn(ada, { scope: 'openid profile' })).not.toHaveProperty('refresh_token');
      expect(await simple.signIn(ada)).toHaveProperty('refresh_token');
    });

    it('A public client that keeps the verifier gets tokens, which no cache may keep', async () => {
      const native = await webClient.named('native').public().registeredAt(app);
      const response = await native.redeem(await native.code(ada));
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
    });

    it('A plain challenge is met by the verifier itself, where the code has one', async () => {
      const plain = { code_challenge: VERIFIER, code_challenge_method: 'plain' };
      expect((await web.redeem(await web.code(ada, plain))).status).toBe(200);
    });
  });

  describe('what is refused', () => {
    it('A request without code is refused with invalid_request', async () => {
      const answer = await answerOf(web.redeem(''));
      expect(answer).toMatchObject({
        status: 400,
        error: 'invalid_request',
        error_description: expect.stringContaining('code is missing'),
      });
    });

    it.each([
      ['junk', 'junk'],
      ['8 KB', 'x'.repeat(8192)],
      ['a well-formed one that nobody was given', neverIssued('ac', 2960)],
      ['one of a period without a partition', neverIssued('ac', 46_656)],
      ['another kind of token', neverIssued('rt', 690)],
    ])('An unknown code is refused: %s', async (_what, code) => {
      expect(await answerOf(web.redeem(code))).toEqual(invalidGrant('This server issued no such code'));
    });

    const withoutRedirectUri = { redirect_uri: undefined, scope: 'profile' };
    const withoutChallenge = { code_challenge: undefined, code_challenge_method: undefined };
    const wrong: [string, Parameters, Parameters, string][] = [
      ['without redirect_uri where the authorization request had one', {}, { redirect_uri: '' }, 'redirect_uri is not'],
      ['with another redirect_uri', {}, { redirect_uri: 'https://client.example/callback/' }, 'redirect_uri is not'],
      [
        'with a redirect_uri where the authorization request had none',
        withoutRedirectUri,
        { redirect_uri: 'https://client.example/callback' },
        'redirect_uri is not',
      ],
      ['without the verifier', {}, { code_verifier: '' }, 'code_verifier is missing'],
      ['with a wrong verifier', {}, { code_verifier: `${VERIFIER}x` }, 'code_verifier does not match'],
      [
        'with the challenge in place of the verifier',
        {},
        { code_verifier: challengeOf(VERIFIER) },
        'code_verifier does not match',
      ],
      ['with 42 characters of a verifier', {}, { code_verifier: VERIFIER.slice(0, 42) }, 'code_verifier must be'],
      ['with 129 characters for a verifier', {}, { code_verifier: 'a'.repeat(129) }, 'code_verifier must be'],
      ['with a space in the verifier', {}, { code_verifier: `${VERIFIER} x` }, 'code_verifier must be'],
      [
        'with a verifier where there was no challenge (RFC 9700 section 4.8.2)',
        withoutChallenge,
        { code_verifier: VERIFIER },
        'code_verifier is given',
      ],
    ];
    it.each(wrong)('A code is refused and left unspent when it comes %s', async (_what, request, form, description) => {
      const code = await web.code(ada, request);
      expect(await answerOf(web.redeem(code, form))).toEqual(invalidGrant(expect.stringContaining(description)));
      const right = {
        ...('redirect_uri' in request && { redirect_uri: undefined }),
        ...('code_challenge' in request && { code_verifier: undefined }),
      };
      expect((await web.redeem(code, right)).status).toBe(200);
    });

    it.each(['x', `${VERIFIER}+`, 'a'.repeat(129)])(
      'The verifier %s is refused although the challenge was made of it (RFC 7636 section 4.1)',
      async (verifier) => {
        const code = await web.code(ada, { code_challenge: challengeOf(verifier) });
        for (const _time of ['at first', 'and again, for nothing was spent']) {
          expect(await answerOf(web.redeem(code, { code_verifier: verifier }))).toEqual(
            invalidGrant('code_verifier must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~ (RFC 7636 section 4.1)'),
          );
        }
      },
    );

    it("A code of another client's is refused and left to its owner", async () => {
      const code = await web.code(ada);
      expect(await answerOf(other.redeem(code))).toEqual(invalidGrant('The code was issued to another client'));
      expect((await web.redeem(code)).status).toBe(200);
    });

    it('An expired code is refused', async () => {
      const code = await web.code(ada);
      app.clock.travel({ seconds: 61 });
      expect(await answerOf(web.redeem(code))).toEqual(invalidGrant('The code has expired'));
    });

    it('A code is refused whose authorization the end user has taken back', async () => {
      const code = await web.code(ada);
      await takeBack(ada, web);
      expect(await answerOf(web.redeem(code))).toMatchObject({ status: 400, error: 'invalid_grant' });
    });

    it('A code is refused whose end user was disabled since', async () => {
      const eve = await anEndUser().withEmail('eve@example.com').registeredAt(app);
      const code = await web.code(eve);
      await eve.disable();
      expect(await answerOf(web.redeem(code))).toEqual(invalidGrant('The end user has no account here any more'));
    });
  });

  it('A redemption gives nothing that outlives an authorization taken back at the same moment', async () => {
    const mallory = await anEndUser().withEmail('mallory@example.com').registeredAt(app);
    const code = await opaque.code(mallory);
    const press = await readyToTakeBack(mallory, opaque);
    const authorizations = await authorizationsOf(opaque);
    const id = authorizations.find(({ subject }) => subject === mallory.id)?.id ?? '';
    const [redeemed] = await race<unknown>(app, { table: 'authorizations', id }, [() => opaque.redeem(code), press]);
    const { access_token: token } = await tokensOf(redeemed as Response);
    expect((await me(token)).status).toBe(401);
    const families = await familiesUnder(app, id);
    expect(families.map(({ isRevoked }) => isRevoked)).toEqual([true]);
  });

  describe('a replayed code (RFC 6749 section 4.1.2)', () => {
    let node: TestApp;
    beforeAll(async () => {
      node = await app.startNode();
    });

    it('A replayed code is refused, and every token that it gave is revoked', async () => {
      const code = await opaque.code(ada);
      const { access_token: token, refresh_token: refreshToken } = await tokensOf(opaque.redeem(code));
      expect((await me(token)).status).toBe(200);
      expect(await answerOf(opaque.redeem(code))).toEqual(invalidGrant(expect.stringContaining('used before')));
      expect((await me(token)).status).toBe(401);
      expect(await answerOf(opaque.refresh(refreshToken))).toEqual(invalidGrant('The refresh token is revoked'));
    });

    it('A replayed code ends a JWT as well, on every node', async () => {
      const code = await web.code(ada);
      const { access_token: token } = await tokensOf(web.redeem(code));
      expect((await me(token)).status).toBe(200);
      await web.redeem(code);
      const family = await findFamily(app, String(decodeJwt(token).gatehouse_family).split('.')[1]);
      expect(family).toMatchObject({ revokedBecause: 'authorization code replayed' });
      expect((await me(token)).status).toBe(401);
      await eventually(async () => expect((await me(token, node)).status).toBe(401));
    });

    it('A replayed code is recognised after its lifetime too', async () => {
      const code = await opaque.code(ada);
      const { access_token: token } = await tokensOf(opaque.redeem(code));
      app.clock.travel({ seconds: 600 });
      expect(await answerOf(opaque.redeem(code))).toEqual(invalidGrant(expect.stringContaining('used before')));
      expect((await me(token)).status).toBe(401);
    });

    it('A replay by another client or with a wrong verifier revokes nothing', async () => {
      const code = await opaque.code(ada);
      const { access_token: token } = await tokensOf(opaque.redeem(code));
      expect((await other.redeem(code)).status).toBe(400);
      expect((await opaque.redeem(code, { code_verifier: `${VERIFIER}x` })).status).toBe(400);
      expect((await me(token)).status).toBe(200);
    });

    it('A code succeeds exactly once among 20 at the same time on two nodes, and the losers count as replays', async () => {
      const code = await opaque.code(ada);
      const answers = await race(
        app,
        { table: 'authorization_codes', token: code },
        Array.from({ length: 20 }, (_, index) => () => answerOf(opaque.at(index % 2 ? app : node).redeem(code))),
      );
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
      expect((await me(String(winners[0]?.access_token))).status).toBe(401);
      expect(await familiesOfCode(app, code)).toBe(1);
    });
  });
});
