import { OrdersModule } from '../../examples/passport-guard/orders.module.js';
import { aClient } from '../support/client-builder.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

describe("a controller guarded by @nestjs/passport's AuthGuard", () => {
  let app: TestApp;
  let shop: TestClient;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [OrdersModule] });
    shop = await aClient().named('shop').using('client_credentials').allowed('orders:read').registeredAt(app);
  });
  afterAll(() => app.stop());

  it("A controller guarded by passport's AuthGuard lets a good access token in, and tells the handler whose it is", async () => {
    const { access_token: token } = await tokensOf(shop.clientCredentials());
    const authorization = `Bearer ${token}`;
    const [first, second] = await Promise.all([app.get('/orders', { authorization }), app.get('/orders')]);
    expect([first.status, await first.json()]).toEqual([200, { for: 'shop', scopes: ['orders:read'] }]);
    expect(second.status).toBe(401);
  });

  it("A controller guarded by passport's AuthGuard refuses as RFC 6750 says, with the challenge of the very error", async () => {
    const missing = await app.get('/orders');
    expect(missing.headers.get('www-authenticate')).toMatch(/^Bearer(?!.*error=)/);
    const wrong = await app.get('/orders', { authorization: 'Bearer nonsense' });
    expect([wrong.status, await wrong.json()]).toMatchObject([401, { error: 'invalid_token' }]);
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const malformed = await app.get('/orders', { authorization: 'Bearer a b' });
    expect([malformed.status, await malformed.json()]).toMatchObject([400, { error: 'invalid_request' }]);
  });

  it("A controller guarded by passport's AuthGuard takes the tokens of its own application alone, where two are in one process", async () => {
    const other = await TestApp.start({ extensions: [OrdersModule] });
    try {
      const theirs = await aClient()
        .named('their-shop')
        .using('client_credentials')
        .allowed('orders:read')
        .registeredAt(other);
      const [own, foreign] = await Promise.all([shop, theirs].map((client) => tokensOf(client.clientCredentials())));
      const statusAt = async (node: TestApp, token = '') =>
        (await node.get('/orders', { authorization: `Bearer ${token}` })).status;
      expect([await statusAt(app, own?.access_token), await statusAt(app, foreign?.access_token)]).toEqual([200, 401]);
      expect([await statusAt(other, own?.access_token), await statusAt(other, foreign?.access_token)]).toEqual([
        401, 200,
      ]);
    } finally {
      await other.stop();
    }
  });
});
