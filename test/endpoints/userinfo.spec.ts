import { createHash, randomUUID } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { ClaimsSource, type User } from 'gatehouse';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { mangled, randomFrom } from '../support/mangled.js';
import { accessToken, idTokenBesideCode, type SigningAlgorithm } from '../support/signing.js';
import { TestApp } from '../support/test-app.js';

/** What a team adds: one class with one decorator. */
@Injectable()
@ClaimsSource()
class DepartmentClaims implements ClaimsSource {
  async claims(user: User, scopes: readonly string[]) {
    return scopes.includes('profile') ? { department: `of ${user.email}` } : {};
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
let ada: TestEndUser;
beforeAll(async () => {
  app = await TestApp.start({ extensions: [DepartmentModule] });
  ada = await anEndUser().withVerifiedEmail().withClaims(CLAIMS).registeredAt(app);
});
afterAll(() => app.stop());

const token = (scope: string, sub = ada.id) => accessToken(app, { sub, scope });
const userinfo = (scope: string) => app.get('/oauth/userinfo', { authorization: `Bearer ${token(scope)}` });

describe('/oauth/userinfo', () => {
  it('Userinfo tells the subject alone for the scope openid', async () => {
    const response = await userinfo('openid');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ sub: ada.id });
  });

  it.each([
    ['email', { email: 'ada@example.com', email_verified: true }],
    ['address', { address: { country: 'GB' } }],
    ['phone', { phone_number: '+44 20 7946 0000', phone_number_verified: true }],
  ])('Userinfo tells the claims of the scope %s and no others (OpenID Connect Core 5.4)', async (scope, claims) => {
    expect(await (await userinfo(`openid ${scope}`)).json()).toEqual({ sub: ada.id, ...claims });
  });

  it('Userinfo tells the profile, with updated_at as a number, and what a claims source of your own adds', async () => {
    expect(await (await userinfo('openid profile')).json()).toEqual({
      sub: ada.id,
      name: 'Ada Lovelace',
      given_name: 'Ada',
      birthdate: '1815-12-10',
      updated_at: Math.floor(ada.updatedAt.getTime() / 1000),
      department: 'of ada@example.com',
    });
  });

  it('Userinfo takes POST with the token in the header and no body, or in the form (RFC 6750 2.2)', async () => {
    const header = { authorization: `Bearer ${token('openid')}` };
    const inHeader = await fetch(`${app.url}/oauth/userinfo`, { method: 'POST', headers: header });
    expect([inHeader.status, await inHeader.json()]).toEqual([200, { sub: ada.id }]);
    const inForm = await app.post('/oauth/userinfo', { access_token: token('openid') });
    expect([inForm.status, await inForm.json()]).toEqual([200, { sub: ada.id }]);
  });

  it('Userinfo refuses a token in the header and in the form at once with invalid_request (RFC 6750 2)', async () => {
    const form = { access_token: token('openid') };
    const response = await app.post('/oauth/userinfo', form, { authorization: `Bearer ${token('openid')}` });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_request' }),
    ]);
  });

  it('Userinfo refuses two tokens in the form, and a JSON body, with invalid_request', async () => {
    const twice = await app.post('/oauth/userinfo', `access_token=${token('openid')}&access_token=x`);
    expect(twice.status).toBe(400);
    const json = JSON.stringify({ access_token: token('openid') });
    expect((await app.post('/oauth/userinfo', json, { 'content-type': 'application/json' })).status).toBe(400);
  });

  it('Userinfo answers every mangled token in the form with a 4xx', async () => {
    const random = randomFrom(20_260_303);
    for (let round = 0; round < 200; round++) {
      const form = mangled(`access_token=${token('openid')}`, random);
      const { status } = await app.post('/oauth/userinfo', form);
      expect([form, [400, 401].includes(status)]).toEqual([form, true]);
    }
  });

  it('Userinfo names the scope openid to a token without it', async () => {
    const response = await userinfo('profile');
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    expect(response.headers.get('www-authenticate')).toContain('scope="openid"');
  });

  it("Userinfo refuses a client's own token, and one whose end user is gone, with invalid_token", async () => {
    for (const subject of ['shop', randomUUID()]) {
      const response = await app.get('/oauth/userinfo', { authorization: `Bearer ${token('openid', subject)}` });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: 'invalid_token' });
    }
  });
});

describe('an id_token', () => {
  const clientOf = (algorithm: SigningAlgorithm) =>
    aClient()
      .named(`client-${algorithm}`)
      .with({ id_token_signed_response_alg: algorithm, id_token_lifetime: 120 })
      .registeredAt(app);
  const half = (hash: string, text: string) => {
    const digest = createHash(hash).update(text).digest();
    return digest.subarray(0, digest.length / 2).toString('base64url');
  };
  const verified = (idToken: string, algorithm: SigningAlgorithm) => {
    const keys = createRemoteJWKSet(new URL(`${app.url}/oauth/jwks`));
    const expected = { issuer: app.url, audience: `client-${algorithm}`, algorithms: [algorithm] };
    return jwtVerify(idToken, keys, expected);
  };

  it.each<[SigningAlgorithm, string]>([
    ['RS256', 'sha256'],
    ['ES256', 'sha256'],
    ['PS256', 'sha256'],
    ['EdDSA', 'sha512'],
  ])(
    'An id_token by %s verifies with the published keys, and its hashes bind what came with it',
    async (algorithm, hash) => {
      const client = await clientOf(algorithm);
      const tokens = await client.signIn(ada, { nonce: 'n' });
      const { payload, protectedHeader } = await verified(tokens.id_token, algorithm);
      expect(protectedHeader.alg).toBe(algorithm);
      expect(payload).toEqual({
        iss: app.url,
        aud: client.id,
        sub: ada.id,
        iat: expect.any(Number),
        exp: (payload.iat ?? 0) + 120,
        auth_time: expect.any(Number),
        nonce: 'n',
        amr: ['pwd'],
        sid: expect.any(String),
        at_hash: half(hash, tokens.access_token),
      });
      const besideCode = await verified(await idTokenBesideCode(client, ada, 'the code'), algorithm);
      expect(besideCode.payload).toMatchObject({ c_hash: half(hash, 'the code') });
    },
  );

  it('An expired id_token is still taken as a hint, and nothing that is none of ours is', async () => {
    const client = await clientOf('RS256');
    const { id_token } = await client.signIn(ada);
    app.clock.travel({ seconds: 86_400 });
    const [header, , signature] = id_token.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: app.url, sub: 'eve', aud: client.id })).toString('base64url');
    expect(await client.authorize(ada, { id_token_hint: id_token })).toHaveProperty('code');
    const others = [`${header}.${forged}.${signature}`, token('openid'), 'a.b.c', '..', 'bnVsbA.bnVsbA.AA'];
    for (const id_token_hint of others)
      expect(await client.authorize(ada, { id_token_hint })).toMatchObject({ error: 'invalid_request' });
  });
});
