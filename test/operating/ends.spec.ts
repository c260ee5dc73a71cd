import { type Replacement, UserStore } from 'gatehouse';
import { cutAnnouncements, hearsAnnouncements } from '../support/announcements.js';
import { answerOf, invalidGrant } from '../support/answer.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { LeavableUserStore } from '../support/leavable-user-store.js';
import { countOf, disableClient, enableClient } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { TestBrowser } from '../support/test-browser.js';
import { type TestClient, type Tokens, tokensOf } from '../support/test-client.js';

const revoked = invalidGrant('The refresh token is revoked');
const ALL = 'openid profile offline_access';

describe('What ends with a client, an end user or a sign-in', () => {
  let app: TestApp;
  let node: TestApp;
  let api: TestClient;
  beforeAll(async () => {
    const replace: Replacement[] = [[UserStore, LeavableUserStore]];
    app = await TestApp.start({ options: { replace } });
    node = await app.startNode();
    api = await aClient().named('api').resourceServer().registeredAt(app);
  });
  afterAll(() => app.stop());

  const statusAt = async (at: TestApp, token: string) =>
    (await at.get('/api/profile', { authorization: `Bearer ${token}` })).status;
  const isActive = async (at: TestApp, token: string) => (await (await api.at(at).introspect(token)).json()).active;
  /** At every node, for guards and for introspection. */
  const expectOver = async (accessTokens: readonly string[], nodes = [app, node]) => {
    for (const at of nodes) {
      for (const token of accessTokens) {
        await eventually(async () => expect(await statusAt(at, token)).toBe(401));
        expect(await isActive(at, token)).toBe(false);
      }
    }
  };
  const expectGood = async (accessTokens: readonly string[], nodes = [app, node]) => {
    for (const at of nodes) {
      for (const token of accessTokens) {
        expect([await statusAt(at, token), await isActive(at, token)]).toEqual([200, true]);
      }
    }
  };
  const isSignedIn = async (browser: TestBrowser) => (await browser.get('/oauth/authorizations')).status === 200;

  describe.each(['jwt', 'opaque'])('of %s access tokens', (format) => {
    const machine = aClient()
      .using('authorization_code', 'client_credentials', 'refresh_token')
      .allowed(ALL)
      .with({ access_token_format: format });
    let ada: TestEndUser;
    let bob: TestEndUser;
    let round = 0;
    beforeEach(async () => {
      round += 1;
      ada = await anEndUser().withEmail(`ada-${format}-${round}@example.com`).registeredAt(app);
      bob = await anEndUser().withEmail(`bob-${format}-${round}@example.com`).registeredAt(app);
    });

    const ownToken = async (client: TestClient) =>
      (await tokensOf(client.clientCredentials({ scope: 'profile' }))).access_token;

    it('A client that is disabled loses every token at every node, and enabling it again revives none', async () => {
      const client = await machine.named(`${format}-disabled`).registeredAt(app);
      const neighbour = await machine.named(`${format}-neighbour`).registeredAt(app);
      const tokens = await client.signIn(ada);
      const code = await client.code(ada);
      const old = [tokens.access_token, await ownToken(client)];
      const others = [(await neighbour.signIn(ada)).access_token, await ownToken(neighbour)];
      await expectGood([...old, ...others]);
      await disableClient(client);
      await expectOver(old);
      await expectGood(others);
      await enableClient(client);
      await eventually(async () => expect((await client.clientCredentials({ scope: 'profile' })).status).toBe(200));
      await expectOver(old);
      expect(await answerOf(client.refresh(tokens.refresh_token))).toEqual(revoked);
      expect((await client.redeem(code)).status).toBe(400);
      expect(await (await client.introspect(tokens.refresh_token)).json()).toEqual({ active: false });
      await expectOver(old, [await app.startNode()]);
      const fresh = await client.signIn(ada);
      await expectGood([fresh.access_token, await ownToken(client)], [app]);
      await client.refreshed(fresh.refresh_token);
    });

    it('A token of the very second in which its client came into use again is over with its end user a moment later', async () => {
      const client = await machine.named(`${format}-twice`).registeredAt(app);
      await disableClient(client);
      await enableClient(client);
      await eventually(async () => expect((await client.clientCredentials({ scope: 'profile' })).status).toBe(200));
      const tokens = await client.signIn(ada);
      await expectGood([tokens.access_token], [app]);
      await ada.disable();
      await ada.enable();
      await expectOver([tokens.access_token]);
    });

    it('Whoever is disabled or removed is signed out and loses every token, and being enabled again revives none', async () => {
      const client = await machine.named(`${format}-people`).registeredAt(app);
      const [tokens, others] = [await client.signIn(ada), await client.signIn(bob)];
      const code = await client.code(ada);
      const browser = await ada.browser();
      expect(await isSignedIn(browser)).toBe(true);
      await expectGood([tokens.access_token, others.access_token]);
      await ada.disable();
      await expectOver([tokens.access_token]);
      await ada.enable();
      await expectOver([tokens.access_token]);
      expect(await answerOf(client.refresh(tokens.refresh_token))).toEqual(revoked);
      expect((await client.redeem(code)).status).toBe(400);
      expect(await isSignedIn(browser)).toBe(false);
      await expectGood([others.access_token]);
      await bob.remove();
      await expectOver([others.access_token]);
    });

    it('What a UserStore of the application no longer finds is over from the first time that it says so', async () => {
      const client = await machine.named(`${format}-store`).registeredAt(app);
      const carol = await anEndUser().withEmail(`carol-${format}@example.com`).registeredAt(app);
      const tokens = await client.signIn(carol);
      const other = await client.signIn(carol);
      const browser = await carol.browser();
      LeavableUserStore.gone.add(carol.id);
      expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
      LeavableUserStore.gone.delete(carol.id);
      await expectOver([tokens.access_token, other.access_token]);
      expect(await isSignedIn(browser)).toBe(false);
      expect(await answerOf(client.refresh(other.refresh_token))).toEqual(revoked);
    });

    it('A sign-out ends what is not allowed offline access, at every node, and nothing of another browser', async () => {
      const client = await machine.named(`${format}-out`).registeredAt(app);
      const dora = await anEndUser().withEmail(`dora-${format}@example.com`).registeredAt(app);
      const online = await aClient()
        .named(`${format}-online`)
        .using('authorization_code', 'refresh_token')
        .allowed('openid profile')
        .with({ access_token_format: format })
        .registeredAt(app);
      const offline = await client.signIn(dora);
      const first = await online.signIn(dora);
      const browser = await dora.browser();
      const other = await online.signIn(elsewhere(dora));
      const second = await online.signIn(dora, { prompt: 'login' });
      const [code, offlineCode] = [await online.code(dora), await client.code(dora)];
      await browser.submit(await browser.get('/logout'));
      await expectOver([first.access_token, second.access_token]);
      for (const { refresh_token } of [first, second] as Tokens[])
        expect(await answerOf(online.refresh(refresh_token))).toEqual(revoked);
      await expectGood([offline.access_token, other.access_token]);
      expect(await answerOf(online.redeem(code))).toEqual(
        invalidGrant('The client or the end user was disabled, or the end user signed out, after the code was issued'),
      );
      expect((await client.redeem(offlineCode)).status).toBe(200);
      await client.refreshed(offline.refresh_token);
      await online.refreshed(other.refresh_token);
    });
  });

  it('A node that hears nothing asks the database who is cut off', async () => {
    const client = await aClient().named('deaf').using('client_credentials').allowed('profile').registeredAt(app);
    const { access_token: token } = await tokensOf(client.clientCredentials());
    const deaf = await app.startNode();
    await cutAnnouncements(app);
    await eventually(async () => expect(hearsAnnouncements(deaf)).toBe(false));
    await disableClient(client);
    expect(await statusAt(deaf, token)).toBe(401);
  });

  it('The JWTs of a client that is disabled cost no row of the feed each', async () => {
    const client = await aClient().named('many').using('client_credentials').allowed('profile').registeredAt(app);
    const { access_token: token } = await tokensOf(client.clientCredentials());
    const before = await countOf(app, 'revocations');
    await disableClient(client);
    await expectOver([token]);
    expect(await countOf(app, 'revocations')).toBe(before);
  });
});

/** The same end user, with a browser of their own that nobody has used before. */
function elsewhere({ app, id, email, password, updatedAt }: TestEndUser): TestEndUser {
  return new TestEndUser(app, id, email, password, updatedAt);
}
