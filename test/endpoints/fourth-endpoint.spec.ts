import { aClient, CALLBACK } from '../support/client-builder.js';
import { PushedRequestModule } from '../support/pushed-requests.js';
import { TestApp } from '../support/test-app.js';

describe('A further endpoint for authorization requests', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ extensions: [PushedRequestModule] });
    await aClient().named('web').allowed('openid profile').registeredAt(app);
  });
  afterAll(() => app.stop());

  const push = async (changes: Record<string, string> = {}) => {
    const usual = { client_id: 'web', response_type: 'code', scope: 'openid profile', redirect_uri: CALLBACK };
    const response = await app.post('/pushed', { ...usual, ...changes }, { accept: 'text/html' });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
  };

  it('A further endpoint takes the steps of the rows that name it, and answers with JSON', async () => {
    expect(await push()).toEqual({
      status: 201,
      type: 'application/json; charset=utf-8',
      body: { request_uri: 'urn:example:pushed', scopes: ['openid', 'profile'] },
    });
  });

  it.each([
    [
      'an unknown client',
      { client_id: 'nobody' },
      'invalid_request',
      'No client is registered here under this client_id',
    ],
    [
      'a scope that is not registered',
      { scope: 'email' },
      'invalid_scope',
      'Scope email is not in the scope registered for this client',
    ],
  ])(
    'A further endpoint refuses %s with JSON, also where another endpoint would redirect',
    async (_what, changes, error, description) => {
      expect(await push(changes)).toEqual({
        status: 400,
        type: 'application/json; charset=utf-8',
        body: { error, error_description: description },
      });
    },
  );
});
