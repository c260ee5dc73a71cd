import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { plansOfOpaqueLookUp } from '../support/plans.js';
import { rowsOf, sql } from '../support/stored-rows.js';
import { takeBack } from '../support/taking-back.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const HOUR_SECONDS = 3600;

describe('What ended tokens cost', () => {
  let app: TestApp;
  let ada: TestEndUser;
  beforeAll(async () => {
    app = await TestApp.start({ options: { tokens: { accessTokenSecondsByGrantType: { refresh_token: 60 } } } });
    ada = await anEndUser().registeredAt(app);
  });
  afterAll(() => app.stop());

  /** For how many seconds from now the feed holds each row that this adds. */
  const announcedSeconds = async (work: () => Promise<unknown>): Promise<number[]> => {
    const known = new Set((await rowsOf(app, 'revocations')).map(({ revoked_id }) => revoked_id));
    await work();
    const added = (await rowsOf(app, 'revocations')).filter(({ revoked_id }) => !known.has(revoked_id));
    return added.map(({ expires_at }) =>
      Math.round(((expires_at as Date).getTime() - app.clock.now().getTime()) / 1000),
    );
  };
  const web = aClient().using('authorization_code', 'refresh_token').allowed('openid profile');
  const familiesOf = (client: TestClient) => rowsOf(app, 'token_families', { client_id: client.id });

  it('The feed holds a family that ended for as long as its longest access token lives', async () => {
    const client = await web.named('jwt').with({ access_token_lifetime: 600 }).registeredAt(app);
    const { refresh_token: token } = await client.signIn(ada);
    const [seconds = 0, ...others] = await announcedSeconds(() => client.revoke(token));
    expect(others).toEqual([]);
    expect(Math.abs(seconds - 600)).toBeLessThan(10);
  });

  it('The feed holds a family for the longer access token of its beginning, though refreshed ones are shorter', async () => {
    const client = await web.named('shorter').registeredAt(app);
    const { refresh_token: token } = await client.signIn(ada);
    const next = await client.refreshed(token);
    expect(next.expires_in).toBe(60);
    const [seconds = 0] = await announcedSeconds(() => client.revoke(next.refresh_token));
    expect(Math.abs(seconds - HOUR_SECONDS)).toBeLessThan(10);
  });

  it('The feed holds nothing of a family whose access tokens are opaque, until a JWT joins it', async () => {
    const opaque = web.named('opaque').with({ access_token_format: 'opaque' });
    const client = await opaque.registeredAt(app);
    const [one, other] = [await client.signIn(ada), await client.signIn(ada)];
    expect(await announcedSeconds(() => client.revoke(one.refresh_token))).toEqual([]);
    expect((await client.userinfo(one.access_token)).status).toBe(401);
    await web.named('opaque').registeredAt(app);
    const node = await app.startNode();
    const jwt = await client.at(node).refreshed(other.refresh_token);
    expect(jwt.access_token).toMatch(/^ey/);
    expect(await announcedSeconds(() => client.revoke(jwt.refresh_token))).toHaveLength(1);
    expect((await client.userinfo(jwt.access_token)).status).toBe(401);
  });

  it('A client without refresh tokens leaves families that end with their access tokens', async () => {
    const client = await web.named('silent').using('authorization_code').registeredAt(app);
    await client.signIn(ada);
    const [family = {}] = await familiesOf(client);
    const seconds = ((family.expires_at as Date).getTime() - app.clock.now().getTime()) / 1000;
    expect(Math.abs(seconds - HOUR_SECONDS)).toBeLessThan(10);
    expect(Number(family.period)).toBeLessThanOrEqual(
      Math.floor((app.clock.now().getTime() / 1000 + 3700) / 2_592_000),
    );
  });

  it('What is taken back ends and announces the families alone that may have living tokens', async () => {
    const client = await web.named('renewing').using('authorization_code').registeredAt(app);
    for (let count = 0; count < 3; count += 1) await client.signIn(ada);
    app.clock.travel({ seconds: 3 * HOUR_SECONDS });
    await client.signIn(ada);
    expect(await announcedSeconds(() => takeBack(ada, client))).toHaveLength(1);
    const ended = (await familiesOf(client)).filter(({ revoked_at }) => revoked_at !== null);
    expect(ended).toHaveLength(1);
  });

  it("An end user's opaque token is looked up by unique indexes, although its partitions were analysed while empty", async () => {
    const client = await web.named('planned').with({ access_token_format: 'opaque' }).registeredAt(app);
    await sql(app, 'ANALYZE gatehouse.access_tokens, gatehouse.token_families');
    const tokens = await client.signIn(ada);
    const plan = await plansOfOpaqueLookUp(app, tokens.access_token);
    expect(plan).toMatch(/Index Scan using access_tokens_p\d+_pkey/);
    expect(plan).toMatch(/Index Scan using token_families_p\d+_pkey/);
    expect(plan).not.toMatch(/Seq Scan|Hash|Bitmap|Sort/);
  });
});

describe('A row of clients as another version or a hand wrote it', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('Members that the row lacks have their defaults, and members that nobody knows stay', async () => {
    const client = await aClient().named('bare').using('client_credentials').allowed('profile').registeredAt(app);
    const metadata = { grant_types: ['client_credentials'], scope: 'profile', later: 'one' };
    await sql(app, 'UPDATE gatehouse.clients SET metadata = $1 WHERE client_id = $2', [metadata, client.id]);
    const node = await app.startNode();
    const answer = await client.at(node).clientCredentials();
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ expires_in: 3600 })]);
  });

  it('A row that breaks the rules is no client, and no server error', async () => {
    const client = await aClient().named('broken').using('client_credentials').registeredAt(app);
    const metadata = { grant_types: 'client_credentials', scope: 7 };
    await sql(app, 'UPDATE gatehouse.clients SET metadata = $1 WHERE client_id = $2', [metadata, client.id]);
    const node = await app.startNode();
    expect((await client.at(node).clientCredentials()).status).toBe(401);
  });
});
