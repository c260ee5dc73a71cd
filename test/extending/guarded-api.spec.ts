import { Controller, type ExecutionContext, Get, Injectable, Module, SetMetadata, UseGuards } from '@nestjs/common';
import { BEARER_ROUTE, BearerGuard } from 'gatehouse';
import { ReportsModule } from '../../examples/guarded-api/reports.module.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

/** Needs the scope of the tenant that the path names: one decision taken differently. */
@Injectable()
class TenantGuard extends BearerGuard {
  protected override scopesNeeded(context: ExecutionContext): readonly string[] {
    return [`tenant:${this.requestOf(context)?.params.tenant}`];
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
  let ada: TestEndUser;
  let shop: TestClient;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [ReportsModule, TenantModule] });
    ada = await anEndUser().registeredAt(app);
    shop = await aClient()
      .named('shop')
      .using('client_credentials', 'password')
      .allowed('openid profile reports:read reports:write tenant:blue')
      .registeredAt(app);
  });
  afterAll(() => app.stop());

  const authorized = async (answer: Promise<Response>) => ({
    authorization: `Bearer ${(await tokensOf(answer)).access_token}`,
  });
  const bearer = (scope: string) => authorized(shop.clientCredentials({ scope }));
  const bearerOfAda = (scope: string) => authorized(shop.password(ada, { scope }));

  it('An API of an application is guarded by one decorator, and learns who calls', async () => {
    const asAda = await app.get('/reports', await bearerOfAda('reports:read'));
    expect(await asAda.json()).toEqual({ for: 'ada@example.com' });
    const asClient = await app.get('/reports', await bearer('reports:read'));
    expect(await asClient.json()).toEqual({ for: 'shop' });
    expect((await app.get('/reports')).status).toBe(401);
  });

  it('An API of an application adds the scopes of the method to those of the controller', async () => {
    const remove = async (scope: string) =>
      fetch(`${app.url}/reports/1`, { method: 'DELETE', headers: await bearer(scope) });
    expect((await remove('reports:read reports:write')).status).toBe(204);
    for (const scope of ['reports:read', 'reports:write']) {
      const refusal = await remove(scope);
      expect(refusal.status).toBe(403);
      expect(refusal.headers.get('www-authenticate')).toContain('scope="reports:read reports:write"');
    }
  });

  it('An API of an application may take one decision of the guard differently', async () => {
    const headers = await bearer('tenant:blue');
    expect((await app.get('/tenants/blue', headers)).status).toBe(200);
    expect((await app.get('/tenants/red', headers)).status).toBe(403);
  });

  it('An API of an application is told the end user at a browser on routes for end users', async () => {
    const browser = await ada.browser();
    const json = { accept: 'application/json' };
    expect(JSON.parse((await browser.get('/desk', json)).html)).toEqual({ yours: 'ada@example.com' });
    expect(JSON.parse((await browser.get('/desk/hours', json)).html)).toMatchObject({
      greeting: 'Hello ada@example.com',
    });
    expect(await (await app.get('/desk/hours')).json()).toMatchObject({ greeting: 'Hello' });
    expect((await app.get('/desk', await bearer('reports:read'))).status).toBe(401);
  });

  it('An API of an application adds claims of its own to userinfo', async () => {
    const userinfo = await app.get('/oauth/userinfo', await bearerOfAda('openid profile'));
    expect(await userinfo.json()).toMatchObject({ department: 'of ada@example.com' });
  });
});
