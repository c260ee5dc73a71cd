import { RemoteAppRegistry } from 'gatehouse';
import { anEndUser, PASSWORD } from '../support/end-user-builder.js';
import { FakeGithub } from '../support/fake-github.js';
import { disableOwnerOf, findLink } from '../support/linked-accounts.js';
import { expectFailurePage, leaveFor, signedInAs, signInAt, traces } from '../support/remote-sign-in.js';
import { countOf, deleteRows } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { TestBrowser } from '../support/test-browser.js';

let github: FakeGithub;
let app: TestApp;
let endUsers = 0;

beforeAll(async () => {
  github = await FakeGithub.start();
  app = await TestApp.start({ remoteApps: [github.settings()] });
});
afterAll(async () => {
  await app?.stop();
  await github?.stop();
});
/** Somebody new at GitHub, without an e-mail address unless a test gives them one. */
beforeEach(() => {
  endUsers += 1;
  github.endUser = { id: endUsers, login: `end-user-${endUsers}`, emails: [] };
});

/** A new end user with a password, and a browser at which they are signed in. */
async function signedInEndUser(
  who = anEndUser().withVerifiedEmail(`local-${crypto.randomUUID()}@example.com`),
): Promise<{ id: string; email: string; browser: TestBrowser }> {
  const endUser = await who.registeredAt(app);
  return { id: endUser.id, email: endUser.email, browser: await endUser.browser() };
}

async function signInByPassword(browser: TestBrowser, email: string, path = '/login') {
  return browser.submit(await browser.get(path), { email, password: PASSWORD });
}

function verified(email: string) {
  return [{ email, primary: true, verified: true }];
}

async function ownerOf(subject: number): Promise<string | undefined> {
  return (await findLink(app, subject))?.userId;
}

describe('an identity that is new here, at a browser where somebody is signed in', () => {
  it('A new identity, where somebody is signed in, is linked to their account once they say so, and then signs in to it', async () => {
    const { id, email, browser } = await signedInEndUser();
    const question = await signInAt(browser, '/auth/github?return_to=%2Faccount');
    expect(question.status).toBe(200);
    expect(question.html).toContain('Link your GitHub account?');
    expect(question.html).toContain(email);
    expect(question.html).toContain(`end-user-${endUsers}`);
    expect(await ownerOf(endUsers)).toBeUndefined();
    const linked = await browser.submit(question);
    expect([linked.status, linked.headers.get('location')]).toEqual([303, '/account']);
    expect(await ownerOf(endUsers)).toBe(id);
    const elsewhere = app.browser();
    await signInAt(elsewhere, '/auth/github');
    expect(await signedInAs(elsewhere)).toBe(email);
  });

  it('A new identity, where somebody is signed in, is not linked by a form of another site, or in another browser (cross-site request forgery)', async () => {
    const { browser } = await signedInEndUser();
    const question = await signInAt(browser, '/auth/github');
    expect((await browser.submit(question, { csrf_token: 'forged' })).status).toBe(403);
    expect((await app.browser().submit(question)).status).toBe(403);
    expect(await ownerOf(endUsers)).toBeUndefined();
  });

  it('A new identity, where somebody is signed in, is linked only to the end user who was asked, and within ten minutes', async () => {
    const { browser } = await signedInEndUser();
    const question = await signInAt(browser, '/auth/github');
    const other = await signedInEndUser();
    const otherForm = await signInAt(other.browser, '/auth/github');
    const offer = /name="offer" value="([^"]+)"/.exec(question.html)?.[1] ?? '';
    expectFailurePage(await other.browser.submit(otherForm, { offer }), 400, 'flow_unknown', 'GitHub');
    expectFailurePage(await other.browser.submit(otherForm, { offer: 'x' }), 400, 'flow_unknown', 'GitHub');
    app.clock.travel({ seconds: 601 });
    expectFailurePage(await browser.submit(question), 400, 'flow_expired', 'longer than ten minutes');
    expect(await ownerOf(endUsers)).toBeUndefined();
  });

  it('A new identity, where somebody is signed in, is linked at once when its verified e-mail address is that of the account', async () => {
    const { id, email, browser } = await signedInEndUser();
    github.endUser = { ...github.endUser, emails: verified(email.toUpperCase()) };
    expect((await signInAt(browser, '/auth/github')).status).toBe(303);
    expect(await ownerOf(endUsers)).toBe(id);
  });

  it('A new identity, where somebody is signed in, is asked about when the account only claims the e-mail address', async () => {
    const claiming = anEndUser().withEmail(`claimed-${endUsers}@example.com`);
    const { email, browser } = await signedInEndUser(claiming);
    github.endUser = { ...github.endUser, emails: verified(email) };
    expect((await signInAt(browser, '/auth/github')).html).toContain('Link your GitHub account?');
  });

  it('A new identity, where somebody is signed in, is asked about when its e-mail address is that of somebody else', async () => {
    const { email } = await signedInEndUser();
    github.endUser = { ...github.endUser, emails: verified(email) };
    const page = await signInAt((await signedInEndUser()).browser, '/auth/github');
    expect(page.html).toContain('Link your GitHub account?');
  });

  it('A new identity, where somebody is signed in, goes to one of two end users who link it in parallel; the other is told', async () => {
    const both = [await signedInEndUser(), await signedInEndUser()];
    const questions = await Promise.all(both.map(({ browser }) => signInAt(browser, '/auth/github')));
    const pages = await Promise.all(
      both.map(({ browser }, i) => browser.submit(questions[i] as (typeof questions)[number])),
    );
    expect(pages.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(both.map(({ id }) => id)).toContain(await ownerOf(endUsers));
  });
});

describe('an identity that is linked', () => {
  it('A linked identity renews the session of the end user it belongs to, under a new id', async () => {
    const browser = app.browser();
    await signInAt(browser, '/auth/github');
    const before = browser.cookies.get('gatehouse_session');
    expect((await signInAt(browser, '/auth/github?return_to=%2Fagain')).headers.get('location')).toBe('/again');
    expect(browser.cookies.get('gatehouse_session')).not.toBe(before);
  });

  it('A linked identity does not move to another end user who is signed in', async () => {
    await signInAt(app.browser(), '/auth/github');
    const owner = await ownerOf(endUsers);
    const { email, browser } = await signedInEndUser();
    const page = await signInAt(browser, '/auth/github');
    expectFailurePage(page, 409, 'linked_elsewhere', 'is linked to another account here');
    expect(await ownerOf(endUsers)).toBe(owner);
    expect(await signedInAs(browser)).toBe(email);
  });

  it('A linked identity does not sign in to a disabled account', async () => {
    await signInAt(app.browser(), '/auth/github');
    await disableOwnerOf(app, endUsers);
    const browser = app.browser();
    expectFailurePage(await signInAt(browser, '/auth/github'), 403, 'account_disabled', 'is disabled');
    expect(await signedInAs(browser)).toBeUndefined();
  });
});

describe('an end user who is removed', () => {
  it('A removed end user takes identities and sessions along, so that the next sign-in at the provider makes a new account', async () => {
    const { id, browser } = await signedInEndUser();
    await browser.submit(await signInAt(browser, '/auth/github'));
    expect(await ownerOf(endUsers)).toBe(id);
    await deleteRows(app, 'users', { id });
    expect(await ownerOf(endUsers)).toBeUndefined();
    expect(await countOf(app, 'sign_in_sessions', { subject: id })).toBe(0);
    expect((await signInAt(app.browser(), '/auth/github')).status).toBe(303);
    expect(await ownerOf(endUsers)).not.toBe(id);
  });
});

describe('an e-mail address that has an account here', () => {
  it('An e-mail address that has an account is never a way into it: the end user signs in to it first, and then the identity is linked', async () => {
    const { id, email } = await signedInEndUser();
    github.endUser = { ...github.endUser, emails: verified(email) };
    const before = await traces(app);
    const browser = app.browser();
    const page = await signInAt(browser, '/auth/github?return_to=%2Faccount');
    expect([page.status, page.html]).toEqual([200, expect.stringContaining('You have an account here already')]);
    expect(page.html).toContain(email);
    expect(page.html).not.toContain('class="error');
    expect(await traces(app)).toEqual(before);
    expect(await signedInAs(browser)).toBeUndefined();

    const href = /<a class="button primary" href="([^"]+)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const signedIn = await signInByPassword(browser, email, href);
    expect(signedIn.location?.pathname).toBe('/auth/github/link');
    const linked = await browser.get(signedIn.location?.href ?? '');
    expect([linked.status, linked.headers.get('location')]).toEqual([303, '/account']);
    expect(await ownerOf(endUsers)).toBe(id);
    app.clock.travel({ seconds: 31 });
    expectFailurePage(await browser.get(signedIn.location?.href ?? ''), 400, 'flow_unknown', 'GitHub');
  });

  it('An identity that waits for its account is linked in the browser that brought it alone, and asked about where another account was signed in to', async () => {
    const { email } = await signedInEndUser();
    const other = await signedInEndUser();
    github.endUser = { ...github.endUser, emails: verified(email) };
    const browser = app.browser();
    const page = await signInAt(browser, '/auth/github');
    const href = /<a class="button primary" href="([^"]+)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const comeBackTo = new URL(href, app.url).searchParams.get('return_to') ?? '';
    const stolen = await other.browser.get(comeBackTo);
    expectFailurePage(stolen, 400, 'flow_unknown', 'GitHub');
    expect((await browser.get(comeBackTo)).location?.pathname).toBe('/login');
    await signInByPassword(browser, other.email, href);
    expect((await browser.get(comeBackTo)).html).toContain('Link your GitHub account?');
    expect(await ownerOf(endUsers)).toBeUndefined();
  });

  it('An e-mail address that has an account is neither told nor taken when the provider has not verified it', async () => {
    const { email } = await signedInEndUser();
    github.endUser = { ...github.endUser, emails: [{ email, primary: true, verified: false }] };
    expect((await signInAt(app.browser(), '/auth/github')).status).toBe(303);
    expect(await findLink(app, endUsers)).toMatchObject({ email: null });
  });

  it('An e-mail address goes to the account of whoever the provider has verified it for last, also where two bring it in parallel', async () => {
    const emails = verified(`contended-${endUsers}@example.com`);
    const browsers = [app.browser(), app.browser()];
    const callbacks: string[] = [];
    for (const browser of browsers) {
      endUsers += 1;
      github.endUser = { id: endUsers, login: `end-user-${endUsers}`, emails };
      callbacks.push(await leaveFor(browser, '/auth/github'));
    }
    const pages = await Promise.all(browsers.map((browser, i) => browser.get(callbacks[i] ?? '')));
    expect(pages.map(({ status }) => status)).toEqual([303, 303]);
    expect(await countOf(app, 'users', { email: `contended-${endUsers - 2}@example.com` })).toBe(1);
  });

  it('An e-mail address that came from a provider follows a change there, and an address known otherwise does not', async () => {
    const before = `before-${endUsers}@example.com`;
    const after = `after-${endUsers}@example.com`;
    github.endUser = { ...github.endUser, emails: verified(before) };
    await signInAt(app.browser(), '/auth/github');
    github.endUser = { ...github.endUser, emails: verified(after) };
    await signInAt(app.browser(), '/auth/github');
    expect(await findLink(app, endUsers)).toMatchObject({ email: after });

    const { email, browser } = await signedInEndUser();
    endUsers += 1;
    github.endUser = { id: endUsers, login: 'linked', emails: verified(`else-${endUsers}@example.com`) };
    await browser.submit(await signInAt(browser, '/auth/github'));
    await signInAt(app.browser(), '/auth/github');
    expect(await findLink(app, endUsers)).toMatchObject({ email });
  });

  it('An e-mail address that the provider has verified for somebody else since stops counting for the account that had it, and none proved otherwise does', async () => {
    const email = `moved-${endUsers}@example.com`;
    const first = endUsers;
    github.endUser = { ...github.endUser, emails: verified(email) };
    await signInAt(app.browser(), '/auth/github');
    endUsers += 1;
    github.endUser = { id: endUsers, login: 'new holder', emails: verified(email) };
    expect((await signInAt(app.browser(), '/auth/github')).status).toBe(303);
    expect(await findLink(app, first)).toMatchObject({ email: null });
    expect(await findLink(app, endUsers)).toMatchObject({ email });
    expect(await ownerOf(endUsers)).not.toBe(await ownerOf(first));
  });
});

describe('who may come in by a provider', () => {
  it('A provider for known accounts makes no new ones, and one for domains lets verified addresses of these in alone', async () => {
    const settings = { ...github.settings('known'), preset: 'github' };
    const registry = app.port(RemoteAppRegistry);
    await registry.register({ ...settings, admit: 'known' });
    await registry.register({ ...settings, name: 'domains', admit: { domains: ['corp.example'] } });
    const before = await traces(app);
    expectFailurePage(await signInAt(app.browser(), '/auth/known'), 403, 'not_admitted', 'may not sign in here');
    for (const emails of [
      [],
      verified('a@other.example'),
      [{ email: 'a@corp.example', primary: true, verified: false }],
    ]) {
      github.endUser = { ...github.endUser, emails };
      expectFailurePage(await signInAt(app.browser(), '/auth/domains'), 403, 'not_admitted', 'may not sign in here');
    }
    expect(await traces(app)).toEqual(before);
    github.endUser = { ...github.endUser, emails: verified(`in-${endUsers}@CORP.example`) };
    expect((await signInAt(app.browser(), '/auth/domains')).status).toBe(303);
    expect((await signInAt(app.browser(), '/auth/known')).status).toBe(303);
    const { email, browser } = await signedInEndUser();
    endUsers += 1;
    github.endUser = { id: endUsers, login: 'outsider', emails: verified(email) };
    expectFailurePage(await signInAt(browser, '/auth/domains'), 403, 'not_admitted', 'may not sign in here');
  });

  it.each([[null], [5], [{ domains: [] }], [{ domains: ['not a domain'] }], ['some']])(
    'A provider whose admit is %j cannot be added',
    async (admit) => {
      const settings = { ...github.settings('refused'), preset: 'github', admit: admit as 'known' };
      const added = app.port(RemoteAppRegistry).register(settings);
      await expect(added).rejects.toThrow(/refused\.admit is neither anybody nor known nor a list of domains/);
    },
  );

  it('A remote app that is given another name keeps its accounts, also where the provider has no issuer', async () => {
    const { routes, url } = github.server;
    routes.set('/plain', ({ url: asked }) => {
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code: 'c', state: asked.searchParams.get('state') ?? '' }).toString();
      return { status: 302, headers: { location: back.href } };
    });
    routes.set('/plain/token', () => ({ body: { access_token: 't' } }));
    routes.set('/plain/me', () => ({ body: { id: 'renamed' } }));
    const settings = {
      clientId: 'a',
      clientSecret: 'b',
      authorizeUrl: `${url}/plain`,
      accessTokenUrl: `${url}/plain/token`,
      userinfoUrl: `${url}/plain/me`,
    };
    for (const name of ['old-name', 'new-name']) {
      await app.port(RemoteAppRegistry).register({ name, ...settings });
      await signInAt(app.browser(), `/auth/${name}`);
    }
    expect(await countOf(app, 'linked_accounts', { remote_subject: 'renamed', provider: 'new-name' })).toBe(1);
    expect(await countOf(app, 'linked_accounts', { remote_subject: 'renamed' })).toBe(1);
  });
});
