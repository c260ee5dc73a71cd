import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { statementsDuring } from '../support/sent-statements.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

describe('The statements that a request for tokens takes (docs/adr/0040)', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let web: TestClient;
  beforeAll(async () => {
    app = await TestApp.start();
    ada = await anEndUser().registeredAt(app);
    web = await aClient()
      .using('authorization_code', 'refresh_token', 'client_credentials')
      .allowed('openid offline_access email')
      .registeredAt(app);
    // The client and everything else that is read once is in memory from here on.
    await web.signIn(ada);
  });
  afterAll(() => app.stop());

  it('A code is redeemed by one read and one write', async () => {
    const code = await web.code(ada);
    expect(await statementsDuring(app, () => tokensOf(web.redeem(code)))).toEqual([
      'authorization-code-find',
      'issue-authorization-code-family-refresh',
    ]);
  });

  it('A refresh takes one read and one write, and its retry no write but the look at what the first request was answered', async () => {
    const { refresh_token } = await web.signIn(ada);
    const refresh = () => web.refreshed(refresh_token);
    expect(await statementsDuring(app, refresh)).toEqual(['refresh-token-find', 'issue-refresh-token-refresh']);
    const retry = ['refresh-token-find', 'refresh-answer-find'];
    expect(await statementsDuring(app, refresh)).toEqual(retry);
  });

  it('A JWT for a client in its own right takes no statement', async () => {
    expect(await statementsDuring(app, () => tokensOf(web.clientCredentials({ scope: 'email' })))).toEqual([]);
  });
});
