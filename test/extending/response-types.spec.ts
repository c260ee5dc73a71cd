import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { responseOf } from '../support/authorization-request.js';
import { aClient, CALLBACK } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { EVERY_RESPONSE_TYPE, IdTokenPartModule } from '../support/id-token-part.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

/** The left half of the hash that `c_hash` and `at_hash` are (OpenID Connect Core section 3.3.2.11). */
function leftHalfOfHash(text = ''): string {
  return createHash('sha256').update(text).digest().toString('base64url', 0, 16);
}

describe('Response types that are made of parts', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let hybrid: TestClient;
  let modern: TestClient;

  beforeAll(async () => {
    app = await TestApp.start({
      extensions: [IdTokenPartModule],
      options: { authorization: { responseTypes: EVERY_RESPONSE_TYPE } },
    });
    ada = await anEndUser().registeredAt(app);
    const client = aClient().firstParty().using('authorization_code', 'implicit', 'refresh_token');
    hybrid = await client.named('hybrid').with({ response_types: EVERY_RESPONSE_TYPE }).registeredAt(app);
    modern = await aClient().named('modern').firstParty().public().registeredAt(app);
  });
  afterAll(() => app.stop());

  it('The metadata lists the response types that are offered', async () => {
    const metadata = await (await app.get('/.well-known/openid-configuration')).json();
    expect(metadata.response_types_supported).toEqual(EVERY_RESPONSE_TYPE);
    expect(metadata.grant_types_supported).toContain('implicit');
  });

  it.each([
    ['id_token', ['id_token']],
    ['code id_token', ['code', 'id_token']],
    ['id_token code', ['code', 'id_token']],
    ['code token', ['code', 'access_token', 'token_type', 'expires_in', 'scope']],
    ['id_token token', ['access_token', 'token_type', 'expires_in', 'scope', 'id_token']],
    ['code id_token token', ['code', 'access_token', 'token_type', 'expires_in', 'scope', 'id_token']],
  ])('The response type %s gives its parts in the fragment, with state and iss', async (response_type, parts) => {
    const page = await hybrid.ask(await ada.browser(), { response_type });
    expect(page.location?.href.startsWith(`${CALLBACK}#`)).toBe(true);
    expect(Object.keys(responseOf(page))).toEqual([...parts, 'state', 'iss']);
  });

  it('An id_token is bound to the code and the access token that are issued beside it', async () => {
    const { code, access_token, id_token } = await hybrid.authorize(ada, { response_type: 'token id_token code' });
    expect(decodeJwt(id_token ?? '')).toMatchObject({
      sub: ada.id,
      aud: 'hybrid',
      nonce: 'a nonce',
      c_hash: leftHalfOfHash(code),
      at_hash: leftHalfOfHash(access_token),
    });
  });

  it('An id_token alone is bound to nothing', async () => {
    const { id_token } = await hybrid.authorize(ada, { response_type: 'id_token' });
    const claims = decodeJwt(id_token ?? '');
    expect([claims.c_hash, claims.at_hash, claims.sub]).toEqual([undefined, undefined, ada.id]);
  });

  it.each(['jwt', 'opaque'])(
    'A code that is replayed ends the %s access token that came beside it, and what the code gave',
    async (access_token_format) => {
      const client = await aClient()
        .named(access_token_format)
        .firstParty()
        .using('authorization_code', 'implicit')
        .with({ response_types: ['code token'], access_token_format })
        .registeredAt(app);
      const { code, access_token: beside = '' } = await client.authorize(ada, { response_type: 'code token' });
      const { access_token: redeemed } = await tokensOf(client.redeem(code ?? ''));
      const statuses = async () => [(await client.userinfo(beside)).status, (await client.userinfo(redeemed)).status];
      expect(await statuses()).toEqual([200, 200]);
      expect((await client.redeem(code ?? '')).status).toBe(400);
      expect(await statuses()).toEqual([401, 401]);
    },
  );

  it('A code that comes beside an id_token is redeemed like any other', async () => {
    const { code } = await hybrid.authorize(ada, { response_type: 'code id_token' });
    expect(await tokensOf(hybrid.redeem(code ?? ''))).toMatchObject({ scope: 'openid profile' });
  });

  it.each(['id_token', 'code id_token', 'code token'])(
    'The response type %s is not carried by the query, also where the request asks for it (OpenID Connect Core 3.3.2.5)',
    async (response_type) => {
      const page = await hybrid.ask(await ada.browser(), { response_type, response_mode: 'query' });
      expect(page.location?.search).toBe('');
      expect(responseOf(page)).toMatchObject({ error: 'invalid_request', state: 'a state & more', iss: app.url });
    },
  );

  it('A refusal of a combined response type goes into the fragment (OpenID Connect Core 3.3.2.6)', async () => {
    const page = await hybrid.ask(await ada.browser(), { response_type: 'code id_token', scope: 'nonsense' });
    expect(page.location?.search).toBe('');
    expect(responseOf(page)).toMatchObject({ error: 'invalid_scope' });
  });

  it('A combined response type is refused to a client that lists only a part of it', async () => {
    const page = await modern.ask(await ada.browser(), { response_type: 'code id_token' });
    expect(page.location?.search).toBe('');
    expect(responseOf(page)).toMatchObject({ error: 'unauthorized_client' });
  });
});

describe('The option responseTypes', () => {
  const offering = (...responseTypes: string[]) => TestApp.start({ options: { authorization: { responseTypes } } });

  it('The server does not start with a response type whose part no module provides', async () => {
    await expect(offering('code', 'code id_token')).rejects.toThrow(
      'The response type "code id_token" is to be offered, but no module provides a class with ' +
        "@ResponseTypePart('id_token'); there is code, token.",
    );
  });

  it('A response type that the option leaves out is neither offered nor given', async () => {
    const app = await offering('code');
    try {
      const old = await aClient().named('old').using('implicit').registeredAt(app);
      const page = await old.ask(app.browser(), { response_type: 'token' });
      expect(page.location?.search).toBe('');
      expect(responseOf(page)).toMatchObject({ error: 'unsupported_response_type' });
      const metadata = await (await app.get('/.well-known/openid-configuration')).json();
      expect(metadata.response_types_supported).toEqual(['code']);
      expect(metadata.grant_types_supported).not.toContain('implicit');
    } finally {
      await app.stop();
    }
  });
});
