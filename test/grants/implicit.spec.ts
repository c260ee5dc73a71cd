import { decodeJwt } from 'jose';
import { responseOf } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { race } from '../support/race.js';
import { authorizationsOf, familiesUnder } from '../support/stored-grants.js';
import { readyToTakeBack, takeBack } from '../support/taking-back.js';
import { TestApp } from '../support/test-app.js';
import type { Page } from '../support/test-browser.js';
import type { Parameters, TestClient } from '../support/test-client.js';

describe('the implicit grant (RFC 6749 section 4.2)', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let old: TestClient;
  let opaque: TestClient;

  const oldClient = aClient().public().firstParty().using('implicit', 'refresh_token');
  beforeAll(async () => {
    app = await TestApp.start();
    ada = await anEndUser().registeredAt(app);
    old = await oldClient.named('old').registeredAt(app);
    opaque = await oldClient.named('opaque').with({ access_token_format: 'opaque' }).registeredAt(app);
  });
  afterAll(() => app.stop());

  const implicit = { response_type: 'token', code_challenge: undefined, code_challenge_method: undefined };
  const ask = async (client: TestClient, parameters: Parameters = {}) =>
    client.ask(await ada.browser(), { ...implicit, ...parameters });
  const me = (token = '') => app.get('/api/me', { authorization: `Bearer ${token}` });

  it('The fragment carries an access token, and neither a refresh token nor an id_token', async () => {
    expect((await ask(old)).location?.search).toBe('');
    const response = await old.authorize(ada, implicit);
    expect(response).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: '3600',
      scope: 'openid profile',
      state: 'a state & more',
      iss: app.url,
    });
    const claims = {
      sub: ada.id,
      client_id: 'old',
      gatehouse_family: expect.any(String),
      auth_time: expect.any(Number),
    };
    expect(decodeJwt(response.access_token ?? '')).toMatchObject(claims);
    expect(await (await me(response.access_token)).json()).toEqual({ id: ada.id, email: 'ada@example.com' });
  });

  it.each(['old', 'opaque'])(
    'The token of the client %s is good until the end user takes the authorization back',
    async (id) => {
      const client = id === 'old' ? old : opaque;
      const { access_token: token } = await client.authorize(ada, implicit);
      expect((await me(token)).status).toBe(200);
      await takeBack(ada, client);
      expect((await me(token)).status).toBe(401);
    },
  );

  it('No token comes from an authorization that is taken back meanwhile', async () => {
    const client = await oldClient.named('meanwhile').with({ access_token_format: 'opaque' }).registeredAt(app);
    await client.authorize(ada, implicit);
    const press = await readyToTakeBack(ada, client);
    const id = (await authorizationsOf(client))[0]?.id ?? '';
    const [, page] = await race(app, { table: 'authorizations', id }, [press, () => ask(client)]);
    expect(responseOf(page as Page)).toMatchObject({ error: 'invalid_grant', state: 'a state & more' });
    expect((await familiesUnder(app, id)).filter(({ isRevoked }) => !isRevoked)).toEqual([]);
  });

  it('No token goes into a query string', async () => {
    expect(await old.authorize(ada, { ...implicit, response_mode: 'query' })).toMatchObject({
      error: 'invalid_request',
    });
  });

  it('A client that does not list the grant is refused', async () => {
    const modern = await aClient().named('modern').public().firstParty().registeredAt(app);
    const response = await modern.authorize(ada, implicit);
    expect(response).toMatchObject({ error: 'unauthorized_client', state: 'a state & more' });
  });

  it('The token endpoint knows no grant type of that name', async () => {
    const response = await old.token({ grant_type: 'implicit' });
    expect(await response.json()).toMatchObject({ error: 'unsupported_grant_type' });
  });
});
