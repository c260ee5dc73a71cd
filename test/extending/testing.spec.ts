import { Controller, Get, type INestApplication, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  CurrentToken,
  CurrentUser,
  Public,
  RequireScopes,
  RequireSignIn,
  type User,
  type VerifiedAccessToken,
} from 'gatehouse';
import { createTestOAuth, type TestOAuth, type TestOAuthOptions } from 'gatehouse/testing';
import { ReportsModule } from '../../examples/guarded-api/reports.module.js';
import { aClient } from '../support/client-builder.js';
import { TestApp } from '../support/test-app.js';
import { tokensOf } from '../support/test-client.js';

@Controller('notes')
class NotesController {
  @Get()
  @RequireScopes('notes:read')
  list(@CurrentToken() token: VerifiedAccessToken, @CurrentUser() user?: User) {
    return { of: user?.email ?? token.subject, by: token.clientId, claims: token.claims };
  }

  @Get('mine')
  @RequireSignIn()
  mine(@CurrentUser() user: User) {
    return user.claims;
  }

  @Get('open')
  open() {
    return 'open';
  }
}

@Controller()
class CarelessController {
  @Get()
  @Public()
  show(@CurrentToken() token: VerifiedAccessToken) {
    return token;
  }
}

describe('gatehouse/testing', () => {
  const running: INestApplication[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.close()));
  });

  async function start(options: TestOAuthOptions = {}, controllers: Type[] = [NotesController]) {
    const oauth = createTestOAuth(options);
    const module = await Test.createTestingModule({ imports: [oauth.module], controllers }).compile();
    const app = module.createNestApplication({ logger: false });
    running.push(app);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    const get = async (path: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(url + path, { headers, redirect: 'manual' });
      const type = answer.headers.get('content-type') ?? '';
      return { answer, status: answer.status, body: type.includes('json') ? await answer.json() : await answer.text() };
    };
    return { oauth, get };
  }

  const authorized = (oauth: TestOAuth, content: Parameters<TestOAuth['bearer']>[0]) => ({
    authorization: oauth.bearer(content),
  });

  it('A token of a test is let in with its scopes, its claims and its end user', async () => {
    const { oauth, get } = await start();
    oauth.endUser({ sub: 'ada', email: 'ada@example.org' });
    const claims = { tenant: 'blue' };
    const { body } = await get(
      '/notes',
      authorized(oauth, { sub: 'ada', scopes: ['notes:read'], clientId: 'spa', claims }),
    );
    expect(body).toEqual({ of: 'ada@example.org', by: 'spa', claims });
    expect((await get('/notes', authorized(oauth, { scopes: ['notes:read'] }))).body).toMatchObject({
      of: 'test-client',
    });
  });

  it('A sign-in of a test is let in with its end user, and a browser without one is sent to sign in', async () => {
    const { oauth, get } = await start();
    const headers = oauth.signIn({ sub: 'ada', claims: { name: 'Ada' } });
    expect((await get('/notes/mine', headers)).body).toEqual({ name: 'Ada' });
    expect((await get('/notes/mine')).body).toMatchObject({ error: 'login_required' });
    const sent = await get('/notes/mine', { accept: 'text/html' });
    expect([sent.status, sent.answer.headers.get('location')]).toEqual([
      303,
      '/login?return_to=%2Fnotes%2Fmine&reason=sign-in',
    ]);
  });

  it('The option guard closes what is not marked, and unguarded parameters are refused, as in the application', async () => {
    expect((await (await start()).get('/notes/open')).status).toBe(200);
    expect((await (await start({ guard: 'all' })).get('/notes/open')).status).toBe(401);
    await expect(start({}, [CarelessController])).rejects.toThrow('CarelessController.show asks for @CurrentToken()');
  });

  it('Refusals are those of a server, word for word', async () => {
    const { oauth, get } = await start({ issuer: 'http://localhost' });
    const app = await TestApp.start({ extensions: [ReportsModule] });
    try {
      const machine = await aClient().named('machine').using('client_credentials').allowed('email').registeredAt(app);
      const { access_token: theirs } = await tokensOf(machine.clientCredentials());
      const onTheWire = async (authorization?: string) => {
        const answer = await app.get('/reports', authorization === undefined ? {} : { authorization });
        return [answer.status, answer.headers.get('www-authenticate'), await answer.json()];
      };
      const inTheTest = async (authorization?: string) => {
        const { answer, status, body } = await get('/notes', authorization === undefined ? {} : { authorization });
        return [status, answer.headers.get('www-authenticate'), body];
      };
      expect(await inTheTest()).toEqual(await onTheWire());
      expect(await inTheTest('Bearer none')).toEqual(await onTheWire('Bearer none'));
      const ours = oauth.bearer({ scopes: ['notes:read'] });
      oauth.revoke(ours);
      await machine.revoke(theirs);
      expect(await inTheTest(ours)).toEqual(await onTheWire(`Bearer ${theirs}`));
      app.clock.travel({ seconds: 7200 });
      const expired = oauth.bearer({ scopes: ['notes:read'], expiresInSeconds: -1 });
      expect(await inTheTest(expired)).toEqual(await onTheWire(`Bearer ${theirs}`));
    } finally {
      await app.stop();
    }
    expect((await get('/notes', authorized(oauth, {}))).body.error).toBe('insufficient_scope');
    const meant = authorized(oauth, { scopes: ['notes:read'], audience: ['https://other.example'] });
    expect((await get('/notes', meant)).body.error_description).toBe(
      'The access token is meant for https://other.example',
    );
    const gone = authorized(oauth, { sub: 'ada', scopes: ['notes:read'] });
    oauth.removeEndUser('ada');
    expect((await get('/notes', gone)).body.error).toBe('invalid_token');
  });

  it('An error page of a test is the real one', async () => {
    const { get } = await start();
    const page = await get('/notes', { accept: 'text/html' });
    expect([page.status, page.body]).toEqual([401, expect.stringContaining('<h1>')]);
  });
});
