import { aClient, registerAll } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { mangled, randomFrom } from '../support/mangled.js';
import { accessToken } from '../support/signing.js';
import { deleteRows } from '../support/stored-rows.js';
import { basic, TestApp } from '../support/test-app.js';
import { type Parameters, type TestClient, tokensOf } from '../support/test-client.js';

describe('/oauth/introspect', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let client: (id: string) => TestClient;
  beforeAll(async () => {
    app = await TestApp.start();
    ada = await anEndUser().registeredAt(app);
    const machine = aClient().using('client_credentials', 'password', 'refresh_token');
    client = await registerAll(app, [
      machine.named('jwt'),
      machine.named('opaque').with({ access_token_format: 'opaque' }),
      machine.named('other'),
      aClient().named('api').resourceServer(),
      aClient().named('spa').public().using('password', 'refresh_token'),
    ]);
  });
  afterAll(() => app.stop());

  const seenBy = async (clientId: string, token: string, parameters: Parameters = {}) => {
    const response = await client(clientId).introspect(token, parameters);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    return response.json();
  };
  const signInAt = (clientId: string) => tokensOf(client(clientId).password(ada));
  const seconds = () => Math.floor(app.clock.now().getTime() / 1000);
  const inactive = { active: false };

  it('Introspection tells nothing of an opaque token that outlives all that is known of its family', async () => {
    const { access_token: token } = await signInAt('opaque');
    await deleteRows(app, 'token_families');
    expect(await seenBy('opaque', token)).toEqual(inactive);
  });

  describe.each(['jwt', 'opaque'])('an access token of the client "%s"', (clientId) => {
    it('Introspection tells what an access token is worth, to its client and to a resource server (RFC 7662 2.2)', async () => {
      const { access_token: token } = await signInAt(clientId);
      const expected = {
        active: true,
        client_id: clientId,
        sub: ada.id,
        iss: app.url,
        aud: [app.url],
        scope: 'openid profile',
        token_type: 'Bearer',
        jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
        iat: expect.any(Number),
        exp: expect.any(Number),
      };
      const seen = await seenBy(clientId, token);
      expect(seen).toEqual(expected);
      expect(seen.exp - seen.iat).toBe(3600);
      expect(Math.abs(seen.iat - seconds())).toBeLessThanOrEqual(2);
      expect(await seenBy('api', token)).toEqual(seen);
      expect(await seenBy('api', token, { token_type_hint: 'refresh_token' })).toEqual(seen);
    });

    it('An access token is inactive for every other client, without a word more', async () => {
      const { access_token: token } = await signInAt(clientId);
      expect(await seenBy('other', token)).toEqual(inactive);
    });

    it("Introspection names the client as the subject of the client's own token", async () => {
      const own = await tokensOf(client(clientId).clientCredentials());
      expect(await seenBy('api', own.access_token)).toMatchObject({
        sub: clientId,
        client_id: clientId,
      });
    });

    it('An access token is inactive once it is revoked', async () => {
      const { access_token: token } = await signInAt(clientId);
      await client(clientId).revoke(token);
      expect(await seenBy(clientId, token)).toEqual(inactive);
    });
  });

  it('Introspection shows a resource server only what is meant for it or for the issuer', async () => {
    const meantFor = (aud: string | string[]) => accessToken(app, { sub: ada.id, client_id: 'jwt', aud });
    expect(await seenBy('api', meantFor('api'))).toMatchObject({ active: true, aud: ['api'] });
    expect(await seenBy('api', meantFor(['https://elsewhere.example', app.url]))).toMatchObject({ active: true });
    expect(await seenBy('api', meantFor('https://elsewhere.example'))).toEqual(inactive);
    expect(await seenBy('jwt', meantFor('https://elsewhere.example'))).toMatchObject({ active: true });
  });

  it('Introspection tells of a refresh token to its own client only, and not even to a resource server', async () => {
    const { refresh_token: token } = await signInAt('jwt');
    const seen = await seenBy('jwt', token);
    expect(seen).toEqual({
      active: true,
      client_id: 'jwt',
      sub: ada.id,
      iss: app.url,
      scope: 'openid profile',
      exp: expect.any(Number),
    });
    expect(await seenBy('other', token)).toEqual(inactive);
    expect(await seenBy('api', token)).toEqual(inactive);
  });

  it.each([' ', 'x', 'gate_rt_1_x', `gate_at_zzzzzz_${'a'.repeat(43)}0000000`, 'e30.e30.e30', '\u{1f511}'])(
    'Introspection tells nothing of the unknown token %j',
    async (token) => {
      expect(await seenBy('api', token)).toEqual(inactive);
    },
  );

  it('Introspection tells nothing of mangled tokens, and revoking them is no error', async () => {
    const random = randomFrom(20_260_202);
    const [jwt, opaque] = await Promise.all([signInAt('jwt'), signInAt('opaque')]);
    const good = [jwt.access_token, opaque.access_token, opaque.refresh_token];
    for (let round = 0; round < 300; round++) {
      const token = mangled(good[round % good.length] ?? '', random);
      expect([token, await seenBy('api', token)]).toEqual([token, inactive]);
      const revoked = await client('opaque').revoke(token);
      expect([token, revoked.status]).toEqual([token, 200]);
    }
    expect(await seenBy('api', jwt.access_token)).toMatchObject({ active: true });
    expect(await seenBy('api', opaque.access_token)).toMatchObject({ active: true });
  });

  it('Introspection refuses a caller that does not authenticate, a public client among them (RFC 7662 2.1)', async () => {
    const form = { token: 'x' };
    for (const [body, headers] of [
      [form, {}],
      [{ ...form, client_id: 'spa' }, {}],
      [{ ...form, client_id: 'jwt' }, {}],
      [form, basic('jwt', 'wrong')],
    ] as const) {
      const response = await app.post('/oauth/introspect', body, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic /);
      expect(await response.json()).toMatchObject({ error: 'invalid_client' });
    }
  });

  it('Introspection asks for a token, and for POST', async () => {
    expect(await (await client('jwt').post('/oauth/introspect', {})).json()).toEqual({
      error: 'invalid_request',
      error_description: 'token is missing; send it in the body',
    });
    expect((await app.get('/oauth/introspect')).status).toBe(405);
  });

  it('Introspection tells nothing of tokens that have expired', async () => {
    const { access_token, refresh_token } = await signInAt('opaque');
    const { access_token: jwt } = await signInAt('jwt');
    app.clock.travel({ seconds: 3600 });
    expect(await seenBy('api', access_token)).toEqual(inactive);
    expect(await seenBy('api', jwt)).toEqual(inactive);
    expect(await seenBy('opaque', refresh_token)).toMatchObject({ active: true });
    app.clock.travel({ seconds: 31 * 86_400 });
    expect(await seenBy('opaque', refresh_token)).toEqual(inactive);
  });
});
