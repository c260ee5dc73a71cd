import { Controller, Get, Post, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type GatehouseOptions, RequireScopes, Users } from 'gatehouse';
import { aClient, SECRET } from '../support/client-builder.js';
import { hostApplication } from '../support/host-application.js';
import { basic } from '../support/test-app.js';
import { createHostDatabase, type TestDatabase } from '../support/test-database.js';

@Controller()
class SiteController {
  @Get('login')
  login() {
    return 'my own page';
  }

  @Post('oauth/token')
  token() {
    return {};
  }

  @Get('notes')
  @RequireScopes('notes')
  notes() {
    return [];
  }
}

@Controller()
class CatchAllController {
  @Get(':page')
  page() {
    return 'a page';
  }
}

describe('an application with routes at our addresses', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createHostDatabase();
  });
  afterAll(() => database.drop());

  async function start(
    controllers: Type[],
    { first = true, prefix = '', ...options }: Partial<GatehouseOptions> & { first?: boolean; prefix?: string } = {},
  ): Promise<NestExpressApplication> {
    const app = await hostApplication(database, controllers, options, first ? 'its routes first' : 'ours first');
    if (prefix !== '') app.setGlobalPrefix(prefix);
    await app.listen(0, '127.0.0.1').catch(async (error) => {
      await app.close();
      throw error;
    });
    return app;
  }

  it.each([true, false])(
    'A start is refused that names each of them, whoever comes first (the application: %s)',
    async (first) => {
      await expect(start([SiteController], { first })).rejects.toThrow(
        /^Gatehouse cannot start:\n- Gatehouse and the application both answer (GET \/login|POST \/oauth\/token) .*\n- Gatehouse and .* both answer (GET \/login|POST \/oauth\/token) .*basePath, such as \/id$/,
      );
    },
  );

  it('A route with a parameter that comes first is named, and one that comes after ours is left alone', async () => {
    await expect(start([CatchAllController])).rejects.toThrow(
      'both answer GET /login (the application by the route /:page)',
    );
    await (await start([CatchAllController], { first: false })).close();
  });

  it.each(['', 'v1'])(
    'The option basePath moves every route of ours, metadata and links included (prefix %j)',
    async (prefix) => {
      const app = await start([SiteController, CatchAllController], { basePath: '/id', home: '/dashboard', prefix });
      try {
        const url = await app.getUrl();
        const below = prefix === '' ? '' : `/${prefix}`;
        const get = (path: string, headers = {}) => fetch(url + path, { headers, redirect: 'manual' });
        const metadata = await (await get('/.well-known/openid-configuration')).json();
        const { pathname } = new URL(metadata.token_endpoint);
        expect([metadata.issuer, pathname]).toEqual(['http://localhost:1', `${below}/id/oauth/token`]);
        expect((await get(new URL(metadata.jwks_uri).pathname)).status).toBe(200);
        expect(await (await get(`${below}/login`)).text()).toBe('my own page');
        const page = await (await get(`${below}/id/login`, { accept: 'text/html' })).text();
        expect(page).toContain(`action="${below}/id/login?`);
        const style = /href="([^"]+\.css)"/.exec(page)?.[1] ?? '';
        expect([style.startsWith(`${below}/id/assets/`), (await get(style)).status]).toEqual([true, 200]);
        const client = aClient().named(`client${prefix}`).using('client_credentials').allowed('notes');
        await client.registeredIn(app);
        const issued = await fetch(url + pathname, {
          method: 'POST',
          headers: { ...basic(`client${prefix}`, SECRET), 'content-type': 'application/x-www-form-urlencoded' },
          body: 'grant_type=client_credentials',
        });
        const { access_token } = await issued.json();
        expect((await get(`${below}/notes`, { authorization: `Bearer ${access_token}` })).status).toBe(200);
        const email = `ada${prefix}@example.org`;
        await app.get(Users, { strict: false }).create({ email, password: 'a long enough password' });
        const signedIn = await fetch(`${url}${below}/id/login`, {
          method: 'POST',
          headers: { 'sec-fetch-site': 'same-origin' },
          body: new URLSearchParams({ email, password: 'a long enough password' }),
          redirect: 'manual',
        });
        expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/dashboard']);
      } finally {
        await app.close();
      }
    },
  );

  it.each([
    [{ basePath: 'id/' }, 'basePath: must be a path such as /id'],
    [{ home: 'https://elsewhere.example/' }, 'home: must be a path of this host'],
    [{ home: '//elsewhere.example' }, 'home: must be a path of this host'],
  ])('The options %j are refused', async (options, message) => {
    await expect(start([], options)).rejects.toThrow(message);
  });
});
