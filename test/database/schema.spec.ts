import { announcementsDuring } from '../support/announcements.js';
import { answerOf } from '../support/answer.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { tokensOf } from '../support/test-client.js';

describe('Two servers with a schema each in one database', () => {
  let app: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
    const database = { ...app.database, drop: async () => undefined };
    other = await TestApp.start({ database, databaseSchema: 'order' });
  });
  afterAll(async () => {
    await other?.stop();
    await app?.stop();
  });

  it('A server works whole in a schema whose name is a word of SQL', async () => {
    const grants = ['authorization_code', 'refresh_token', 'client_credentials', 'password'];
    const opaque = { access_token_format: 'opaque' } as const;
    const web = await aClient()
      .named('web')
      .using(...grants)
      .allowed('openid email')
      .with(opaque)
      .registeredAt(other);
    const ada = await anEndUser().registeredAt(other);
    const tokens = await web.signIn(ada);
    const next = await web.refreshed(tokens.refresh_token);
    const userinfo = await other.get('/oauth/userinfo', { authorization: `Bearer ${next.access_token}` });
    expect(await userinfo.json()).toMatchObject({ sub: ada.id, email: ada.email });
    await tokensOf(web.clientCredentials());
    await tokensOf(web.password(ada));
    await web.post('/oauth/revoke', { token: next.refresh_token });
    expect(await answerOf(web.refresh(next.refresh_token))).toMatchObject({ status: 400, error: 'invalid_grant' });
    const ready = await (await other.get('/health/ready')).json();
    expect(ready).toMatchObject({
      status: 'ok',
      details: { migrations: { status: 'up' }, partitions: { status: 'up' } },
    });
  });

  it('Neither knows the clients of the other', async () => {
    const client = await aClient().named('here').using('client_credentials').registeredAt(app);
    await tokensOf(client.clientCredentials());
    expect(await answerOf(client.at(other).clientCredentials())).toMatchObject({ error: 'invalid_client' });
  });

  it('Neither hears what the other announces', async () => {
    const channels = ['gatehouse.clients', 'order.clients'];
    const here = await announcementsDuring(app, channels, () => aClient().named('a').registeredAt(app));
    expect(new Set(here)).toEqual(new Set(['gatehouse.clients']));
    const there = await announcementsDuring(app, channels, () => aClient().named('a').registeredAt(other));
    expect(new Set(there)).toEqual(new Set(['order.clients']));
  });
});
