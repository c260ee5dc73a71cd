import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { addColumnEverywhere } from '../support/schema-changes.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

describe('a version that runs on while the next one has migrated the database', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let web: TestClient;

  const webClient = aClient()
    .using('authorization_code', 'client_credentials', 'refresh_token', 'password')
    .with({ access_token_format: 'opaque' })
    .allowed('openid email');
  beforeAll(async () => {
    app = await TestApp.start();
    ada = await anEndUser().registeredAt(app);
    web = await webClient.registeredAt(app);
    await addColumnEverywhere(app);
  });
  afterAll(() => app.stop());

  it('The older version still gives and takes back tokens by every grant', async () => {
    const first = await web.signIn(ada);
    const { refresh_token: token } = await web.refreshed(first.refresh_token);
    await tokensOf(web.clientCredentials());
    await tokensOf(web.password(ada));
    expect((await web.revoke(token)).status).toBe(200);
  });

  it('The older version still signs end users in, and stores new ones and new clients', async () => {
    await ada.signIn();
    const eve = await anEndUser().withEmail('eve@example.com').registeredAt(app);
    const later = await webClient.named('later').registeredAt(app);
    await later.signIn(eve);
  });
});
