import { decodeJwt } from 'jose';
import { VoucherModule } from '../../examples/custom-grant/voucher.module.js';
import { aClient, registerAll } from '../support/client-builder.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

describe('a grant of your own: one class with one decorator, from outside src', () => {
  let app: TestApp;
  let client: (id: string) => TestClient;

  beforeAll(async () => {
    app = await TestApp.start({ extensions: [VoucherModule] });
    const shop = aClient().named('shop').using('urn:example:voucher').allowed('reports:read');
    const opaque = shop.named('opaque').with({ access_token_format: 'opaque' });
    client = await registerAll(app, [shop, opaque, aClient().named('other').using('client_credentials')]);
  });
  afterAll(() => app.stop());

  const ask = async (voucher: string, clientId = 'shop') => {
    const response = await client(clientId).token({ grant_type: 'urn:example:voucher', voucher });
    return { status: response.status, body: await response.json() };
  };

  it('A grant of an application gives tokens as the built-in ones do', async () => {
    const { status, body } = await ask('SUMMER-2026');
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'reports:read' });
    expect(decodeJwt(body.access_token)).toMatchObject({ sub: 'shop', scope: 'reports:read' });
  });

  it('A grant of an application gives each client the token format that it is registered for', async () => {
    const { body } = await ask('SUMMER-2026', 'opaque');
    expect(body.access_token).toMatch(/^gate_at_/);
    const guarded = await app.get('/api/me', { authorization: `Bearer ${body.access_token}` });
    expect(guarded.status).toBe(200);
  });

  it('A grant of an application is refused by its own rule, and by those of the endpoint before it', async () => {
    expect((await ask('WINTER-2025')).body).toEqual({
      error: 'invalid_grant',
      error_description: 'There is no such voucher',
    });
    expect((await ask('')).body).toMatchObject({ error: 'invalid_request' });
    expect((await ask('SUMMER-2026', 'other')).body).toMatchObject({ error: 'unauthorized_client' });
  });

  it('A grant of an application is named where an unknown grant type is refused', async () => {
    const response = await client('shop').token({ grant_type: 'nothing' });
    expect((await response.json()).error_description).toContain('urn:example:voucher');
  });
});
