import { decodeJwt } from 'jose';
import { DataSource } from 'typeorm';
import type { Client } from '../../src/clients/client.js';
import { ClientRepository } from '../../src/clients/client.repository.js';
import { InvalidGrantError } from '../../src/common/errors/rfc6749.errors.js';
import { AuthorizationRepository } from '../../src/oauth-server/storage/authorization.repository.js';
import { TokenIssuer } from '../../src/oauth-server/tokens/token-issuer.js';
import type { User } from '../../src/users/user/user.js';
import { authorizePath, responseOf, signedInBrowser } from '../support/authorization-request.js';
import { TestApp } from '../support/test-app.js';

const CALLBACK = 'https://client.example/callback';

describe('the implicit grant (RFC 6749 section 4.2)', () => {
  let app: TestApp;
  let ada: User;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.registerUser({ email: 'ada@example.com', password: 'correct horse' });
    const old = {
      redirect_uris: [CALLBACK],
      grant_types: ['implicit', 'refresh_token'],
      response_types: ['token'],
      scope: 'openid profile',
      first_party: true,
    };
    await app.registerClient('old', old);
    await app.registerClient('opaque', { ...old, access_token_format: 'opaque' });
    await app.registerClient('modern', { redirect_uris: [CALLBACK], scope: 'profile', first_party: true });
  });
  afterAll(() => app.stop());

  const ask = async (clientId: string, parameters: Record<string, string> = {}) => {
    const browser = await signedInBrowser(app, 'ada@example.com', 'correct horse');
    const usual = { client_id: clientId, redirect_uri: CALLBACK, response_type: 'token', scope: 'openid profile' };
    const none = { code_challenge: undefined, code_challenge_method: undefined };
    return browser.get(authorizePath({ ...none, ...usual, ...parameters }));
  };
  const me = (token = '') => app.get('/api/me', { authorization: `Bearer ${token}` });

  it('gives an access token in the fragment, and neither a refresh token nor an id_token', async () => {
    const page = await ask('old');
    expect(page.location?.search).toBe('');
    const response = responseOf(page);
    expect(response).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: '3600',
      scope: 'openid profile',
      state: 'a state & more',
      iss: app.url,
    });
    const claims = { sub: ada.id, client_id: 'old', fid: expect.any(String), auth_time: expect.any(Number) };
    expect(decodeJwt(response.access_token ?? '')).toMatchObject(claims);
    expect(await (await me(response.access_token)).json()).toEqual({ id: ada.id, email: 'ada@example.com' });
  });

  it.each(['old', 'opaque'])(
    'gives %s a token that is good until the person takes the authorization back',
    async (id) => {
      const { access_token: token } = responseOf(await ask(id));
      expect((await me(token)).status).toBe(200);
      const authorizations = app.nest.get(AuthorizationRepository, { strict: false });
      const authorization = await authorizations.find(ada.id, id);
      await authorizations.revoke(authorization?.id ?? '', ada.id);
      expect((await me(token)).status).toBe(401);
    },
  );

  it('gives nothing under an authorization that is taken back meanwhile', async () => {
    const get = <Type>(type: new (...parameters: never[]) => Type) => app.nest.get<Type>(type, { strict: false });
    const client = (await get(ClientRepository).find('opaque')) as Client;
    const authorizationId = await get(AuthorizationRepository).allow(ada.id, 'opaque', ['profile']);
    await get(AuthorizationRepository).revoke(authorizationId, ada.id);
    const endUser = { userId: ada.id, authTime: app.clock.now(), amr: ['pwd'] };
    const order = { client, grantType: 'implicit', scopes: ['profile'], endUser, authorizationId };
    await expect(get(TokenIssuer).issue(order)).rejects.toThrow(InvalidGrantError);
    const stored = 'SELECT 1 FROM token_families WHERE authorization_id = $1';
    expect(await app.nest.get(DataSource).query(stored, [authorizationId])).toEqual([]);
  });

  it('puts no token into a query string', async () => {
    expect(responseOf(await ask('old', { response_mode: 'query' }))).toMatchObject({ error: 'invalid_request' });
  });

  it('is refused to a client that does not list it', async () => {
    const response = responseOf(await ask('modern', { scope: 'profile' }));
    expect(response).toMatchObject({ error: 'unauthorized_client', state: 'a state & more' });
  });

  it('is no grant type of the token endpoint', async () => {
    const response = await app.post('/oauth/token', { grant_type: 'implicit', client_id: 'old' });
    expect(await response.json()).toMatchObject({ error: 'unsupported_grant_type' });
  });
});
