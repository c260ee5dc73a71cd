import { Controller, Get, Module, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentUser, Public, RequireScopes, type User } from 'gatehouse';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';

@Controller('closed')
class ClosedController {
  @Get()
  show(@Req() { endUser }: Request, @CurrentUser() user: User): object {
    return { userId: endUser?.subject, amr: endUser?.amr, email: user.email };
  }

  @Post()
  change(): object {
    return { isChanged: true };
  }

  @Public()
  @Get('open')
  showOpen(@Req() { endUser }: Request): object {
    return { isOpen: true, endUser };
  }

  @RequireScopes()
  @Get('api')
  call(): object {
    return { isCalled: true };
  }
}

@Public()
@Controller('open')
class OpenController {
  @Get()
  show(): object {
    return { isOpen: true };
  }
}

@Module({ controllers: [ClosedController, OpenController] })
class ExtensionModule {}

describe('the session guard', () => {
  let app: TestApp;
  let ada: TestEndUser;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [ExtensionModule] });
    ada = await anEndUser().registeredAt(app);
  });
  afterAll(() => app.stop());

  it('The session guard sends a browser to sign in and back to the very page it asked for', async () => {
    const browser = app.browser();
    const redirect = await browser.get('/closed?a=1&b=%2F%3F%26c');
    expect([redirect.status, redirect.location?.pathname]).toEqual([303, '/login']);
    expect(redirect.headers.get('cache-control')).toBe('no-store');
    const form = await browser.follow(redirect);
    const back = await browser.submit(form, { email: ada.email, password: ada.password });
    expect(back.location?.href).toBe(`${app.url}/closed?a=1&b=%2F%3F%26c`);
    const page = await browser.follow(back);
    expect([page.status, JSON.parse(page.html)]).toEqual([200, { userId: ada.id, amr: ['pwd'], email: ada.email }]);
  });

  it('The session guard answers a program with 401 and login_required as JSON', async () => {
    for (const accept of ['application/json', '*/*']) {
      const response = await app.get('/closed', { accept });
      expect([response.status, response.headers.get('location')]).toEqual([401, null]);
      expect(await response.json()).toEqual({
        error: 'login_required',
        error_description: 'Nobody is signed in at this browser',
      });
    }
  });

  it('The session guard answers a program that accepts JSON:API with an error object', async () => {
    const response = await app.get('/closed', { accept: 'application/vnd.api+json' });
    expect(await response.json()).toMatchObject({ errors: [{ status: '401', title: 'login_required' }] });
  });

  it('The session guard refuses a form from a browser without running it, on a page that leads to sign in', async () => {
    const page = await app.browser().post('/closed', {});
    expect([page.status, page.location]).toEqual([401, undefined]);
    expect(page.html).toMatch(/<a[^>]*href="\/login\?[^"]*"[^>]*>Sign in</);
  });

  it('The session guard leaves routes and controllers that are public open, and does not read the session for them', async () => {
    const browser = await ada.browser();
    expect((await browser.get('/closed')).status).toBe(200);
    expect(JSON.parse((await browser.get('/closed/open')).html)).toEqual({ isOpen: true });
    expect(await (await app.get('/closed/open')).json()).toEqual({ isOpen: true });
    expect(await (await app.get('/open')).json()).toEqual({ isOpen: true });
  });

  it('The session guard leaves routes that need an access token to the bearer guard, also for an end user who is signed in', async () => {
    const browser = await ada.browser();
    for (const { status, headers } of [await browser.get('/closed/api'), await app.get('/closed/api')]) {
      expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer/)]);
    }
  });

  it('The session guard does not stand before an address that leads nowhere', async () => {
    expect((await app.browser().get('/closed/nowhere')).status).toBe(404);
  });
});
