import { Controller, type ExecutionContext, Get, Injectable, Module, SetMetadata, UseGuards } from '@nestjs/common';
import { BEARER_ROUTE, BearerGuard } from 'gatehouse';
import { ReportsModule } from '../../examples/guarded-api/reports.module.js';
import { signedInBrowser } from '../support/authorization-request.js';
import { basic, TestApp } from '../support/test-app.js';

const SECRET = 'the secret of a client';

/** Needs the scope of the tenant that the path names: one decision taken differently. */
@Injectable()
class TenantGuard extends BearerGuard {
  protected override scopesNeeded(context: ExecutionContext): readonly string[] {
    return [`tenant:${this.requestOf(context).params.tenant}`];
  }
}

@Controller('tenants/:tenant')
@SetMetadata(BEARER_ROUTE, [])
@UseGuards(TenantGuard)
class TenantController {
  @Get()
  show() {
    return {};
  }
}

@Module({ controllers: [TenantController] })
class TenantModule {}

describe('an API of your own', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [ReportsModule, TenantModule] });
    await app.registerUser({ email: 'ada@example.com', password: 'of Ada' });
    const scope = 'openid profile reports:read reports:write tenant:blue';
    await app.registerClient('shop', { grant_types: ['client_credentials', 'password'], scope }, SECRET);
  });
  afterAll(() => app.stop());

  const bearer = async (scope: string, grant: Record<string, string> = { grant_type: 'client_credentials' }) => {
    const response = await app.post('/oauth/token', { ...grant, scope }, basic('shop', SECRET));
    return { authorization: `Bearer ${(await response.json()).access_token}` };
  };
  const ofAda = { grant_type: 'password', username: 'ada@example.com', password: 'of Ada' };

  it('is guarded by one decorator, and learns who calls', async () => {
    const asAda = await app.get('/reports', await bearer('reports:read', ofAda));
    expect(await asAda.json()).toEqual({ for: 'ada@example.com' });
    const asClient = await app.get('/reports', await bearer('reports:read'));
    expect(await asClient.json()).toEqual({ for: 'shop' });
    expect((await app.get('/reports')).status).toBe(401);
  });

  it('adds the scopes of the method to those of the controller', async () => {
    const remove = async (scope: string) =>
      fetch(`${app.url}/reports/1`, { method: 'DELETE', headers: await bearer(scope) });
    expect((await remove('reports:read reports:write')).status).toBe(204);
    for (const scope of ['reports:read', 'reports:write']) {
      const refusal = await remove(scope);
      expect(refusal.status).toBe(403);
      expect(refusal.headers.get('www-authenticate')).toContain('scope="reports:read reports:write"');
    }
  });

  it('may take one decision of the guard differently', async () => {
    const headers = await bearer('tenant:blue');
    expect((await app.get('/tenants/blue', headers)).status).toBe(200);
    expect((await app.get('/tenants/red', headers)).status).toBe(403);
  });

  it('is told the person at a browser on routes for people', async () => {
    const browser = await signedInBrowser(app, 'ada@example.com', 'of Ada');
    const json = { accept: 'application/json' };
    expect(JSON.parse((await browser.get('/desk', json)).html)).toEqual({ yours: 'ada@example.com' });
    expect(JSON.parse((await browser.get('/desk/hours', json)).html)).toMatchObject({
      greeting: 'Hello ada@example.com',
    });
    expect(await (await app.get('/desk/hours')).json()).toMatchObject({ greeting: 'Hello' });
    expect((await app.get('/desk', await bearer('reports:read'))).status).toBe(401);
  });

  it('adds claims of its own to userinfo', async () => {
    const userinfo = await app.get('/oauth/userinfo', await bearer('openid profile', ofAda));
    expect(await userinfo.json()).toMatchObject({ department: 'of ada@example.com' });
  });
});
