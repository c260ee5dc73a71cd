import { cutAnnouncements, hearsAnnouncements, withoutAnnouncements } from '../support/announcements.js';
import { aClient, registerAll, SECRET } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { basic, TestApp } from '../support/test-app.js';
import { type Parameters, type TestClient, tokensOf } from '../support/test-client.js';

describe('/oauth/revoke', () => {
  let app: TestApp;
  let node: TestApp;
  let ada: TestEndUser;
  let client: (id: string) => TestClient;
  beforeAll(async () => {
    app = await TestApp.start();
    node = await app.startNode();
    ada = await anEndUser().registeredAt(app);
    const machine = aClient().using('client_credentials', 'password', 'refresh_token').allowed('profile');
    client = await registerAll(app, [
      machine.named('jwt'),
      machine.named('opaque').with({ access_token_format: 'opaque' }),
      machine.named('spa').public().using('password', 'refresh_token'),
    ]);
  });
  afterAll(() => app.stop());

  const revoke = (clientId: string, form: Parameters) => client(clientId).post('/oauth/revoke', form);
  const accessTokenOf = async (clientId: string) => (await tokensOf(client(clientId).clientCredentials())).access_token;
  /** An access and a refresh token of Ada's. */
  const signInAt = (clientId: string) => tokensOf(client(clientId).password(ada));
  const isLetIn = async (accessToken: string, at = app) => {
    const response = await at.get('/api/profile', { authorization: `Bearer ${accessToken}` });
    return response.status === 200;
  };

  describe.each(['jwt', 'opaque'])('an access token of the client "%s"', (clientId) => {
    it('An access token that is revoked is refused from then on, at every node, and its neighbour is not', async () => {
      const [token, neighbour] = await Promise.all([accessTokenOf(clientId), accessTokenOf(clientId)]);
      expect(await isLetIn(token)).toBe(true);
      expect(await isLetIn(token, node)).toBe(true);
      const response = await revoke(clientId, { token });
      expect([response.status, await response.json()]).toEqual([200, {}]);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await isLetIn(token)).toBe(false);
      await eventually(async () => expect(await isLetIn(token, node)).toBe(false));
      expect(await isLetIn(neighbour)).toBe(true);
      expect(await isLetIn(neighbour, node)).toBe(true);
    });

    it('An access token may be revoked twice, and under a wrong hint (RFC 7009 2.1)', async () => {
      const token = await accessTokenOf(clientId);
      for (const token_type_hint of ['refresh_token', 'access_token', 'nonsense'])
        expect((await revoke(clientId, { token, token_type_hint })).status).toBe(200);
      expect(await isLetIn(token)).toBe(false);
    });

    it('An access token that is revoked takes down neither its refresh token nor its family', async () => {
      const { access_token, refresh_token } = await signInAt(clientId);
      await revoke(clientId, { token: access_token });
      expect(await isLetIn(access_token)).toBe(false);
      const { active } = await (await client(clientId).introspect(refresh_token)).json();
      expect(active).toBe(true);
    });

    it('An access token goes with the refresh token of its family, at every node, and other families stay', async () => {
      const tokens = await signInAt(clientId);
      const others = await signInAt(clientId);
      expect(await isLetIn(tokens.access_token)).toBe(true);
      expect(await isLetIn(tokens.access_token, node)).toBe(true);
      const response = await revoke(clientId, { token: tokens.refresh_token });
      expect([response.status, await response.json()]).toEqual([200, {}]);
      expect(await isLetIn(tokens.access_token)).toBe(false);
      await eventually(async () => expect(await isLetIn(tokens.access_token, node)).toBe(false));
      expect(await (await client(clientId).introspect(tokens.refresh_token)).json()).toEqual({ active: false });
      expect(await isLetIn(others.access_token)).toBe(true);
    });
  });

  it('Revocation of the same tokens at two nodes in the same moment, in opposite orders, ends them all', async () => {
    const tokens = await Promise.all(Array.from({ length: 60 }, () => accessTokenOf('opaque')));
    const revokeAt = (at: TestApp) => (token: string) => at.post('/oauth/revoke', { token }, basic('opaque', SECRET));
    const answers = await Promise.all([...tokens.map(revokeAt(app)), ...tokens.toReversed().map(revokeAt(node))]);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    const letIn = await Promise.all(tokens.map((token, index) => isLetIn(token, index % 2 === 0 ? app : node)));
    expect(letIn).not.toContain(true);
  });

  it('Revocation holds at once at the node that was asked, before the announcement of it arrives', async () => {
    const [token, tokens] = await Promise.all([accessTokenOf('jwt'), signInAt('jwt')]);
    await withoutAnnouncements(app, 'revocations', async () => {
      await revoke('jwt', { token });
      await revoke('jwt', { token: tokens.refresh_token });
      expect(await isLetIn(token)).toBe(false);
      expect(await isLetIn(tokens.access_token)).toBe(false);
    });
  });

  it('A revocation is known to a node that starts after it', async () => {
    const token = await accessTokenOf('jwt');
    await revoke('jwt', { token });
    expect(await isLetIn(token, await app.startNode())).toBe(false);
  });

  it('A revocation is known to a node whose announcements were interrupted, at once and afterwards', async () => {
    const [during, after] = await Promise.all([accessTokenOf('jwt'), accessTokenOf('jwt')]);
    const deaf = await app.startNode();
    await cutAnnouncements(app);
    await eventually(async () => expect(hearsAnnouncements(deaf)).toBe(false));
    await revoke('jwt', { token: during });
    expect(await isLetIn(during, deaf)).toBe(false);
    expect(await isLetIn(after, deaf)).toBe(true);
    await eventually(async () => expect(hearsAnnouncements(deaf)).toBe(true));
    expect(await isLetIn(during, deaf)).toBe(false);
    await revoke('jwt', { token: after });
    await eventually(async () => expect(await isLetIn(after, deaf)).toBe(false));
  });

  it('Revocation lets a public client revoke its own token by its client_id', async () => {
    const { access_token: token } = await signInAt('spa');
    const response = await client('spa').revoke(token);
    expect(response.status).toBe(200);
    expect(await isLetIn(token)).toBe(false);
  });

  it('Revocation refuses a token of another client with invalid_grant, and leaves it alone (RFC 7009 2.1)', async () => {
    const { access_token, refresh_token } = await signInAt('opaque');
    for (const token of [access_token, refresh_token, await accessTokenOf('opaque')]) {
      const response = await revoke('jwt', { token });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        error: 'invalid_grant',
        error_description: 'The token was issued to another client',
      });
    }
    expect(await isLetIn(access_token)).toBe(true);
  });

  it.each([
    ['of no known form', 'unknown'],
    ['with a wrong checksum', 'gate_at_1_x'],
    ['without a signature', 'eyJhbGciOiJub25lIn0.e30.'],
    ['beyond ASCII', '…'],
    ['of 100 kB', 'a'.repeat(100_000)],
  ])('Revocation answers an unknown token %s with 200 (RFC 7009 2.2)', async (_, token) => {
    const response = await revoke('jwt', { token });
    expect([response.status, await response.json()]).toEqual([200, {}]);
  });

  it('Revocation asks for the token, for client authentication and for POST', async () => {
    expect(await (await revoke('jwt', {})).json()).toMatchObject({ error: 'invalid_request' });
    const anonymous = await app.post('/oauth/revoke', { token: 'x' });
    expect([anonymous.status, await anonymous.json()]).toEqual([
      401,
      expect.objectContaining({ error: 'invalid_client' }),
    ]);
    expect((await app.get('/oauth/revoke')).status).toBe(405);
  });
});
