import { createHmac, randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportSPKI, importJWK, type JWK } from 'jose';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { mangled, randomFrom } from '../support/mangled.js';
import { neverIssued } from '../support/never-issued.js';
import { statementsDuring } from '../support/sent-statements.js';
import { accessToken, accessTokenClaims, rotateKeys, signedByServer, withdrawKey } from '../support/signing.js';
import { TestApp } from '../support/test-app.js';

describe('an API guarded by access tokens', () => {
  let app: TestApp;
  let ada: TestEndUser;
  beforeAll(async () => {
    app = await TestApp.start();
    ada = await anEndUser().registeredAt(app);
  });
  afterAll(() => app.stop());

  /** A token of Ada's, with these claims in place of the usual ones. */
  const token = (changed: object = {}) => accessToken(app, { sub: ada.id, ...changed });
  const me = (text: string, headers: Record<string, string> = {}) =>
    app.get('/api/me', { authorization: `Bearer ${text}`, ...headers });
  const challenge = (response: Response) => response.headers.get('www-authenticate');

  /** Every refusal of a token reads the same on the wire (RFC 6750 3.1). */
  const expectInvalidToken = async (response: Response) => {
    expect(response.status).toBe(401);
    expect(challenge(response)).toMatch(/^Bearer realm="gatehouse", error="invalid_token", error_description="[^"]+"$/);
    expect(await response.json()).toMatchObject({ error: 'invalid_token' });
  };

  it('A guarded API tells who the token speaks for', async () => {
    const response = await me(token());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: ada.id, email: 'ada@example.com' });
  });

  it("A guarded API answers a client's own token with the client's id and no e-mail address", async () => {
    const response = await me(token({ sub: 'shop' }));
    expect(await response.json()).toEqual({ id: 'shop', email: null });
  });

  it('A guarded API takes the scheme name in any case (RFC 9110 11.1)', async () => {
    expect((await app.get('/api/me', { authorization: `bearer ${token()}` })).status).toBe(200);
  });

  describe('asks for a token', () => {
    it('A guarded API asks for a token without an error code when none came (RFC 6750 3.1)', async () => {
      const response = await app.get('/api/me');
      expect(response.status).toBe(401);
      expect(challenge(response)).toBe('Bearer realm="gatehouse"');
      expect(await response.json()).toEqual({
        error: 'missing_token',
        error_description: 'Send an access token in the header Authorization: Bearer TOKEN',
      });
    });

    it.each(['Basic c2hvcDpzZWNyZXQ=', 'Bearerish abc', 'Digest username=x'])(
      'A guarded API asks for a token when the scheme is another: %s',
      async (authorization) => {
        const response = await app.get('/api/me', { authorization });
        expect([response.status, challenge(response)]).toEqual([401, 'Bearer realm="gatehouse"']);
      },
    );

    it('A guarded API asks for a token when one stands in the query, where logs would keep it (RFC 9700 4.3.2)', async () => {
      expect((await app.get(`/api/me?access_token=${token()}`)).status).toBe(401);
    });
  });

  it.each(['Bearer', 'Bearer ', 'Bearer a b', 'Bearer a,b', 'Bearer "quoted"', 'Bearer =abc'])(
    'A guarded API refuses the malformed header %j with invalid_request (RFC 6750 3.1)',
    async (authorization) => {
      const response = await app.get('/api/me', { authorization });
      expect(response.status).toBe(400);
      expect(challenge(response)).toContain('error="invalid_request"');
      expect(await response.json()).toMatchObject({ error: 'invalid_request' });
    },
  );

  describe('with a scope', () => {
    const profile = (text: string, headers: Record<string, string> = {}) =>
      app.get('/api/profile', { authorization: `Bearer ${text}`, ...headers });

    it('A route that needs a scope lets a token in that has it', async () => {
      const response = await profile(token());
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ id: ada.id, client: 'shop', scopes: ['openid', 'profile'] });
    });

    it('A route that needs a scope names it to a token that lacks it (RFC 6750 3.1)', async () => {
      const response = await profile(token({ scope: 'openid profiles' }));
      expect(response.status).toBe(403);
      expect(challenge(response)).toBe(
        'Bearer realm="gatehouse", error="insufficient_scope", error_description="This route needs the scope profile", scope="profile"',
      );
      expect(await response.json()).toMatchObject({ error: 'insufficient_scope' });
    });

    it('A route that needs a scope answers with a JSON:API error object where the request accepts one', async () => {
      const response = await profile(token({ scope: '' }), { accept: 'application/vnd.api+json' });
      expect(response.headers.get('content-type')).toContain('application/vnd.api+json');
      expect(challenge(response)).toContain('insufficient_scope');
      expect(await response.json()).toMatchObject({ errors: [{ status: '403', title: 'insufficient_scope' }] });
    });
  });

  describe('refuses with invalid_token', () => {
    it('A guarded API refuses an expired token, also one that it let in before', async () => {
      const old = token();
      expect((await me(old)).status).toBe(200);
      app.clock.travel({ seconds: 601 });
      await expectInvalidToken(await me(old));
    });

    it('A guarded API refuses a token of another issuer, or for another audience', async () => {
      await expectInvalidToken(await me(token({ iss: 'http://other.example' })));
      await expectInvalidToken(await me(token({ aud: 'http://api.example' })));
    });

    it('A guarded API refuses a token whose end user is gone', async () => {
      await expectInvalidToken(await me(token({ sub: randomUUID() })));
    });

    it('A guarded API refuses a well-formed opaque token that was never issued, of whatever period', async () => {
      for (const period of [0, 2900, 36 ** 5 - 1, 36 ** 6 - 1])
        await expectInvalidToken(await me(neverIssued('at', period)));
    });

    it('A guarded API refuses an id_token', async () => {
      await expectInvalidToken(await me(signedByServer(app, accessTokenClaims(app, { sub: ada.id }), { typ: 'JWT' })));
    });

    it('A guarded API refuses a token whose signature is spelled differently, so that one token has one text', async () => {
      const good = token();
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const sameBits = alphabet.indexOf(good.at(-1) ?? '') ^ 1;
      await expectInvalidToken(await me(good.slice(0, -1) + alphabet[sameBits]));
      await expectInvalidToken(await me(`${good}=`));
    });

    it('A guarded API refuses alg none (RFC 8725 3.1)', async () => {
      const [, payload] = token().split('.');
      const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
      await expectInvalidToken(await me(`${header}.${payload}.`));
      await expectInvalidToken(await me(`${header}.${payload}.AA`));
    });

    it('A guarded API refuses an HMAC made with the public key, and a header that changes the algorithm (RFC 8725 2.1)', async () => {
      for (const alg of ['HS256', 'RS256', 'none'] as const) {
        const { kid = '' } = decodeProtectedHeader(token());
        const { keys } = (await (await app.get('/oauth/jwks')).json()) as { keys: JWK[] };
        const published = await importJWK(keys.find((key) => key.kid === kid) ?? {}, 'ES256', { extractable: true });
        const pem = await exportSPKI(published as CryptoKey);
        const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid })).toString('base64url');
        const input = `${header}.${token().split('.')[1]}`;
        await expectInvalidToken(await me(`${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`));
      }
    });

    it('A guarded API refuses a token that was revoked, at once and alone', async () => {
      const shop = await aClient().named('shop').registeredAt(app);
      const [revoked, other] = [token(), token()];
      expect((await me(revoked)).status).toBe(200);
      expect((await shop.revoke(revoked)).status).toBe(200);
      await expectInvalidToken(await me(revoked));
      await expectInvalidToken(await me(token({ jti: decodeJwt(revoked).jti })));
      expect((await me(other)).status).toBe(200);
    });
  });

  it('A guarded API keeps letting in a token of before a key rotation', async () => {
    const before = token();
    await rotateKeys(app);
    expect((await me(before)).status).toBe(200);
    expect((await me(token())).status).toBe(200);
  });

  it('A guarded API refuses a token that it let in before once the key is withdrawn', async () => {
    const signed = token();
    expect((await me(signed)).status).toBe(200);
    await rotateKeys(app);
    await withdrawKey(app, decodeProtectedHeader(signed).kid ?? '');
    await eventually(async () => expectInvalidToken(await me(signed)));
  });

  describe('asks the database', () => {
    const queriesOf = async (call: () => Promise<Response>, status: number) =>
      (await statementsDuring(app, async () => expect((await call()).status).toBe(status))).length;
    const profile = (text: string) => app.get('/api/profile', { authorization: `Bearer ${text}` });

    it('A guarded API asks the database nothing for a JWT, good or bad', async () => {
      const good = token();
      expect(await queriesOf(() => profile(good), 200)).toBe(0);
      expect(await queriesOf(() => profile(`${good}x`), 401)).toBe(0);
    });

    it('A guarded API asks the database nothing for an opaque token that is mistyped, and once for one that is not', async () => {
      const opaque = neverIssued('at', 2900);
      const mistyped = opaque.slice(0, -1) + (opaque.endsWith('0') ? '1' : '0');
      expect(await queriesOf(() => profile(mistyped), 401)).toBe(0);
      expect(await queriesOf(() => profile(opaque), 401)).toBe(1);
    });

    it('A guarded API asks the database for the end user only where the handler asks for one', async () => {
      expect(await queriesOf(() => me(token()), 200)).toBe(1);
    });
  });

  it('A guarded API answers every mangled token and header with a 4xx of RFC 6750', async () => {
    const random = randomFrom(20_260_101);
    const good = token();
    const opaque = 'gate_at_zzzzzz_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0000000';
    const answers = new Map<string, number>();
    for (let round = 0; round < 400; round++) {
      const header = mangled(`Bearer ${round % 2 === 0 ? good : opaque}`, random);
      const response = await app.get('/api/me', { authorization: header });
      const code = /error="(\w+)"/.exec(challenge(response) ?? '')?.[1] ?? 'no error';
      const answer = `${response.status} ${code}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    expect([...answers.keys()].sort()).toEqual(['400 invalid_request', '401 invalid_token', '401 no error']);
  });
});
