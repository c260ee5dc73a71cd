import { createHash, randomUUID } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { ClientRegistry } from '../../src/clients/client-registry.js';
import { ClaimsSource } from '../../src/oauth-server/claims/claims-source.js';
import type { SigningAlgorithm } from '../../src/oauth-server/keys/signing-algorithm.js';
import { SigningKeys } from '../../src/oauth-server/keys/signing-keys.js';
import { IdTokens } from '../../src/oauth-server/tokens/id-token/id-tokens.js';
import type { User } from '../../src/users/user/user.js';
import { mangled, randomFrom } from '../support/mangled.js';
import { TestApp } from '../support/test-app.js';

/** What a team adds: one class with one decorator. */
@Injectable()
@ClaimsSource()
class DepartmentClaims implements ClaimsSource {
  async claims(user: User, scopes: readonly string[]) {
    return scopes.includes('profile') ? { department: `of ${user.email}`, sub: 'somebody else' } : {};
  }
}

@Module({ providers: [DepartmentClaims] })
class DepartmentModule {}

const CLAIMS = {
  name: 'Ada Lovelace',
  given_name: 'Ada',
  birthdate: '1815-12-10',
  address: { country: 'GB' },
  phone_number: '+44 20 7946 0000',
  phone_number_verified: true,
  internal_note: 'not a standard claim',
};

let app: TestApp;
let keys: SigningKeys;
let ada: User;
beforeAll(async () => {
  app = await TestApp.start({ extensions: [DepartmentModule] });
  keys = app.nest.get(SigningKeys, { strict: false });
  ada = await app.registerUser({ email: 'ada@example.com', emailVerified: true, claims: CLAIMS });
});
afterAll(() => app.stop());

const token = (scope: string, subject = ada.id) => {
  const now = Math.floor(app.clock.now().getTime() / 1000);
  const times = { iat: now, exp: now + 600 };
  return keys.sign(
    'ES256',
    { typ: 'at+jwt' },
    { iss: app.url, aud: app.url, sub: subject, client_id: 'shop', scope, jti: randomUUID(), ...times },
  );
};
const userinfo = (scope: string) => app.get('/oauth/userinfo', { authorization: `Bearer ${token(scope)}` });

describe('/oauth/userinfo', () => {
  it('tells the subject alone for the scope openid', async () => {
    const response = await userinfo('openid');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ sub: ada.id });
  });

  it.each([
    ['email', { email: 'ada@example.com', email_verified: true }],
    ['address', { address: { country: 'GB' } }],
    ['phone', { phone_number: '+44 20 7946 0000', phone_number_verified: true }],
  ])('tells the claims of the scope %s and no others (OpenID Connect Core 5.4)', async (scope, claims) => {
    expect(await (await userinfo(`openid ${scope}`)).json()).toEqual({ sub: ada.id, ...claims });
  });

  it('tells the profile, with updated_at as a number, and what a claims source of your own adds but for sub', async () => {
    expect(await (await userinfo('openid profile')).json()).toEqual({
      sub: ada.id,
      name: 'Ada Lovelace',
      given_name: 'Ada',
      birthdate: '1815-12-10',
      updated_at: Math.floor(ada.updatedAt.getTime() / 1000),
      department: 'of ada@example.com',
    });
  });

  it('takes POST with the token in the header and no body, or in the form (RFC 6750 2.2)', async () => {
    const header = { authorization: `Bearer ${token('openid')}` };
    const inHeader = await fetch(`${app.url}/oauth/userinfo`, { method: 'POST', headers: header });
    expect([inHeader.status, await inHeader.json()]).toEqual([200, { sub: ada.id }]);
    const inForm = await app.post('/oauth/userinfo', { access_token: token('openid') });
    expect([inForm.status, await inForm.json()]).toEqual([200, { sub: ada.id }]);
  });

  it('refuses a token in the header and in the form at once with invalid_request (RFC 6750 2)', async () => {
    const form = { access_token: token('openid') };
    const response = await app.post('/oauth/userinfo', form, { authorization: `Bearer ${token('openid')}` });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request' }),
    ]);
  });

  it('refuses two tokens in the form, and a JSON body, with invalid_request', async () => {
    const twice = await app.post('/oauth/userinfo', `access_token=${token('openid')}&access_token=x`);
    expect(twice.status).toBe(400);
    const json = JSON.stringify({ access_token: token('openid') });
    expect((await app.post('/oauth/userinfo', json, { 'content-type': 'application/json' })).status).toBe(400);
  });

  it('answers every mangled token in the form with a 4xx', async () => {
    const random = randomFrom(20_260_303);
    for (let round = 0; round < 200; round++) {
      const form = mangled(`access_token=${token('openid')}`, random);
      const { status } = await app.post('/oauth/userinfo', form);
      expect([form, [400, 401].includes(status)]).toEqual([form, true]);
    }
  });

  it('names the scope openid to a token without it', async () => {
    const response = await userinfo('profile');
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect(response.headers.get('www-authenticate')).toContain('scope="openid"');
  });

  it("refuses a client's own token, and one whose person is gone, with invalid_token", async () => {
    for (const subject of ['shop', randomUUID()]) {
      const response = await app.get('/oauth/userinfo', { authorization: `Bearer ${token('openid', subject)}` });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: 'invalid_token' });
    }
  });
});

describe('an id_token', () => {
  const issue = async (algorithm: SigningAlgorithm, extra: object = {}) => {
    const id = `client-${algorithm}`;
    await app.registerClient(id, { id_token_signed_response_alg: algorithm, id_token_lifetime: 120 });
    const client = await app.nest.get(ClientRegistry, { strict: false }).find(id);
    if (client === undefined) throw new Error(`${id} is not registered`);
    const authTime = new Date(app.clock.now().getTime() - 60_000);
    const order = { client, userId: ada.id, authTime, amr: ['pwd'], ...extra };
    return app.nest.get(IdTokens, { strict: false }).issue(order);
  };

  it.each<[SigningAlgorithm, string]>([
    ['RS256', 'sha256'],
    ['ES256', 'sha256'],
    ['PS256', 'sha256'],
    ['EdDSA', 'sha512'],
  ])('by %s verifies with the published keys, and its hashes bind what came with it', async (algorithm, hash) => {
    const idToken = await issue(algorithm, { nonce: 'n', accessToken: 'the token', code: 'the code', sessionId: 's1' });
    const half = (text: string) => {
      const digest = createHash(hash).update(text).digest();
      return digest.subarray(0, digest.length / 2).toString('base64url');
    };
    const { payload, protectedHeader } = await jwtVerify(
      idToken,
      createRemoteJWKSet(new URL(`${app.url}/oauth/jwks`)),
      { issuer: app.url, audience: `client-${algorithm}`, algorithms: [algorithm] },
    );
    expect(protectedHeader.alg).toBe(algorithm);
    expect(payload).toEqual({
      iss: app.url,
      aud: `client-${algorithm}`,
      sub: ada.id,
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 120,
      auth_time: expect.any(Number),
      nonce: 'n',
      amr: ['pwd'],
      sid: 's1',
      at_hash: half('the token'),
      c_hash: half('the code'),
    });
  });

  it('is recognised as a hint when it has expired, and nothing else is', async () => {
    const idTokens = app.nest.get(IdTokens, { strict: false });
    const idToken = await issue('RS256');
    app.clock.travel({ seconds: 86_400 });
    expect(idTokens.readHint(idToken)).toEqual({ subject: ada.id, clientId: 'client-RS256' });
    const [header, , signature] = idToken.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: app.url, sub: 'eve', aud: 'client-RS256' })).toString('base64url');
    for (const other of [`${header}.${forged}.${signature}`, token('openid'), '', 'a.b.c', '..', 'bnVsbA.bnVsbA.AA'])
      expect(idTokens.readHint(other)).toBeUndefined();
  });
});
