import { Controller, Get, HttpCode, Module, Post, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { PassportLoginModule, Public, RemoteAppRegistry, type RemoteIdentity } from 'gatehouse';
import { TeamModule } from '../../examples/passport-login/team.module.js';
import { FakeGithub } from '../support/fake-github.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { expectFailurePage, leaveFor, signInAt, traces } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';

@Public()
@Controller('later')
class LaterController {
  @Get()
  @UseGuards(AuthGuard('later'))
  show(@Req() { user }: { user: RemoteIdentity }) {
    return { subject: user.subject };
  }
}

@Public()
@Controller('posted')
@UseGuards(AuthGuard('posting'))
class PostedController {
  @Get()
  leave() {}

  @Post()
  @HttpCode(200)
  show(@Req() { user }: { user: RemoteIdentity }) {
    return { subject: user.subject };
  }
}

@Module({ controllers: [LaterController, PostedController] })
class LaterModule {}

describe("A controller guarded by @nestjs/passport's AuthGuard with the name of a remote app", () => {
  let github: FakeGithub;
  let app: TestApp;
  beforeAll(async () => {
    github = await FakeGithub.start();
    app = await TestApp.start({ remoteApps: [github.settings()], extensions: [TeamModule, LaterModule] });
  });
  afterAll(async () => {
    await app?.stop();
    await github?.stop();
  });
  beforeEach(() => {
    github.reset();
    const emails = [{ email: 'ada@example.com', primary: true, verified: true }];
    github.endUser = { id: 7, login: 'ada', name: 'Ada', emails };
  });

  it('A guarded route sends the browser to the provider and back to itself, and tells the handler who came', async () => {
    const before = await traces(app);
    const browser = app.browser();
    const start = await browser.get('/team/me?ignored=1');
    expect(start.location?.searchParams.get('redirect_uri')).toBe(`${app.url}/team/me`);
    expect(start.location?.searchParams.get('code_challenge_method')).toBe('S256');
    const page = await signInAt(browser, '/team/me');
    expect([page.status, JSON.parse(page.html)]).toEqual([
      200,
      { subject: '7', name: 'Ada', email: 'ada@example.com', scope: 'read:user,user:email' },
    ]);
    expect(await traces(app)).toEqual(before);
  });

  it('A guard may name another route to come back to, which need not name it again', async () => {
    const page = await signInAt(app.browser(), '/team/leave');
    expect([page.status, JSON.parse(page.html)]).toEqual([200, { back: '7' }]);
  });

  it('A guarded route refuses an answer that this browser did not ask for, that comes again or that was meant for another route', async () => {
    const forged = await app.browser().get(await leaveFor(app.browser(), '/team/me'));
    expectFailurePage(forged, 400, 'flow_unknown', '');
    const browser = app.browser();
    const answer = await leaveFor(browser, '/team/me');
    expect((await browser.get(answer)).status).toBe(200);
    expectFailurePage(await browser.get(answer), 400, 'flow_unknown', '');
    for (const other of ['/team/return', '/auth/github/callback']) {
      const moved = new URL(await leaveFor(browser, '/team/me'));
      expectFailurePage(await browser.get(other + moved.search), 400, 'flow_unknown', '');
    }
    const ours = new URL(await leaveFor(browser, '/auth/github'));
    expectFailurePage(await browser.get(`/team/me${ours.search}`), 400, 'flow_unknown', '');
  });

  it.each(['error=access_denied', 'code=nobody-asked', 'error=access_denied&state=unknown'])(
    'A guarded route starts no sign-in anew for an answer that names no flow: %s',
    async (query) => {
      expectFailurePage(await app.browser().get(`/team/me?${query}`), 400, 'flow_unknown', '');
    },
  );

  it('A guarded route may name a provider that is registered while the server runs', async () => {
    await app.port(RemoteAppRegistry).register({ ...github.settings('later'), preset: 'github' });
    const page = await signInAt(app.browser(), '/later');
    expect([page.status, JSON.parse(page.html)]).toEqual([200, { subject: '7' }]);
  });

  it.each([true, false])(
    'A guarded route takes an answer that is posted, whether the application reads bodies (%s) or not',
    async (bodyParser) => {
      const provider = await FakeOidcProvider.start();
      const posting = { ...provider.settings('posting'), responseMode: 'form_post' as const };
      const other = await TestApp.start({
        remoteApps: [posting],
        extensions: [PassportLoginModule, LaterModule],
        bodyParser,
      });
      const browser = other.browser();
      const { location } = await browser.get('/posted');
      const answer = await fetch(location?.href ?? '');
      const page = await browser.post('/posted', await answer.json());
      await other.stop();
      await provider.stop();
      expect([page.status, page.html]).toEqual([200, '{"subject":"end-user-1"}']);
    },
  );

  it('A guarded route shows why the provider let nobody in', async () => {
    const browser = app.browser();
    const answer = new URL(await leaveFor(browser, '/team/me'));
    answer.searchParams.delete('code');
    answer.searchParams.set('error', 'access_denied');
    expectFailurePage(await browser.get(answer.href), 403, 'access_denied', '');
  });
});
