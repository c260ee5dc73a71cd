import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { FakeGithub } from '../support/fake-github.js';
import { HebrewModule, hebrew, latinWordsOf } from '../support/hebrew-texts.js';
import { signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';
import type { Page, TestBrowser } from '../support/test-browser.js';
import type { TestClient } from '../support/test-client.js';

const HEBREW = '<html lang="he" dir="rtl">';
const ENGLISH = '<html lang="en" dir="ltr">';
/** Names that are no words of ours. */
const DATA = [
  'Photo Printer',
  'Gatehouse',
  'GitHub',
  'www.printer.example',
  'client.example',
  '127.0.0.1',
  'com.example.app',
];

let app: TestApp;
let github: FakeGithub;
let ada: TestEndUser;
let printer: TestClient;
beforeAll(async () => {
  github = await FakeGithub.start();
  app = await TestApp.start({ extensions: [HebrewModule], remoteApps: [github.settings()] });
  ada = await anEndUser().registeredAt(app);
  printer = await aClient()
    .named('printer')
    .with({
      client_name: 'Photo Printer',
      publisher: 'Printers & Sons',
      client_uri: 'https://www.printer.example/about',
      policy_uri: 'https://www.printer.example/privacy',
      tos_uri: 'https://www.printer.example/terms',
    })
    .redirectingTo('https://client.example/callback', 'http://127.0.0.1/callback', 'com.example.app:/callback')
    .registeredAt(app);
});
afterAll(async () => {
  await app?.stop();
  await github?.stop();
});

describe('the language of a page', () => {
  it.each([
    ['he', HEBREW],
    ['he-IL, en;q=0.5', HEBREW],
    ['en, he;q=0.9', ENGLISH],
    ['fr, he;q=0.1', HEBREW],
    ['fr', ENGLISH],
    ['*', ENGLISH],
    ['', ENGLISH],
  ])('The language of a page for a browser that accepts "%s" is the best on offer', async (accepted, start) => {
    expect((await app.browser().get('/login', { 'accept-language': accepted })).html).toContain(start);
  });

  it.each([
    ['he', HEBREW],
    ['fr he en', HEBREW],
    ['HE-il', HEBREW],
    ['en he', ENGLISH],
    ['xx', ENGLISH],
    ['', ENGLISH],
  ])(
    'The language of a page for a client that sends ui_locales=%s is the first of these on offer',
    async (uiLocales, start) => {
      const browser = app.browser();
      const page = await browser.follow(await printer.ask(browser, { ui_locales: uiLocales }));
      expect(page.html).toContain(start);
    },
  );

  it('The language of a page is the one of ui_locales on the consent page and on all that follows in this browser', async () => {
    const browser = app.browser();
    const signIn = await browser.follow(await printer.ask(browser, { ui_locales: 'he', prompt: 'consent' }));
    const wrong = await browser.submit(signIn, { email: ada.email, password: 'wrong' });
    const consent = await browser.follow(await browser.submit(wrong, { email: ada.email, password: PASSWORD }));
    expect(consent.html).toContain('action="/oauth/authorize/decision"');
    const pages = [signIn, wrong, consent, await browser.get('/oauth/authorizations')];
    expect(pages.map(({ html }) => html.includes(HEBREW))).toEqual([true, true, true, true]);
  });

  it('The language of a page is the one of ui_locales also where the request came by a form', async () => {
    const browser = app.browser();
    const parameters = new URL(printer.authorizePath({ ui_locales: 'he' }), app.url).searchParams;
    const unknown = { ...Object.fromEntries(parameters), client_id: 'nobody' };
    expect((await browser.post('/oauth/authorize', unknown)).html).toContain(HEBREW);
  });

  it('The language of a page is what the browser prefers where its cookie names a language that is not on offer', async () => {
    const browser = app.browser();
    browser.cookies.set('gatehouse_language', 'tlh');
    expect((await browser.get('/login', { 'accept-language': 'he' })).html).toContain(HEBREW);
  });
});

/** The words of a sentence before its first name or link. */
function opening(sentence: unknown): string {
  return String((sentence as unknown[])[0]);
}

it('Server metadata says which ui_locales pages can follow, for clients to choose from', async () => {
  const response = await app.get('/.well-known/openid-configuration');
  expect(await response.json()).toMatchObject({ ui_locales_supported: ['en', 'he'] });
});

describe('a page in a second language', () => {
  /** A browser that reads Hebrew. */
  function hebrewBrowser(): TestBrowser {
    const browser = app.browser();
    browser.cookies.set('gatehouse_language', 'he');
    return browser;
  }

  async function adasBrowser(): Promise<TestBrowser> {
    const browser = hebrewBrowser();
    await browser.submit(await browser.get('/login'), { email: ada.email, password: PASSWORD });
    return browser;
  }

  const ask = async (parameters: Record<string, string> = {}, browser?: TestBrowser) => {
    const signedIn = browser ?? (await adasBrowser());
    return signedIn.follow(await printer.ask(signedIn, { prompt: 'consent', ...parameters }));
  };

  async function guessedTooOften(): Promise<Page> {
    const browser = hebrewBrowser();
    const form = await browser.get('/login');
    const guess = () => browser.submit(form, { email: 'eve@example.com', password: 'wrong' });
    await Promise.all(Array.from({ length: 10 }, guess));
    return guess();
  }

  async function shownToAnother(): Promise<Page> {
    const browser = await adasBrowser();
    const page = await ask({}, browser);
    const bob = await anEndUser().withEmail('bob@example.com').registeredAt(app);
    await browser.submit(await browser.get('/logout'));
    await browser.submit(await browser.get('/login'), { email: bob.email, password: PASSWORD });
    return browser.submit(page, { decision: 'allow' });
  }

  async function tooOld(): Promise<Page> {
    const browser = await adasBrowser();
    const page = await browser.follow(await printer.ask(browser, { prompt: 'consent' }));
    app.clock.travel({ seconds: 3601 });
    const expired = await browser.submit(page, { decision: 'allow' });
    expect(expired.status).toBe(400);
    return expired;
  }

  async function allowedTwice(): Promise<Page> {
    const browser = await adasBrowser();
    const album = await aClient().named('album').with({ client_name: 'Photo Printer' }).registeredAt(app);
    await browser.submit(await album.ask(browser, { scope: 'openid' }), { decision: 'allow' });
    return album.ask(browser, { scope: 'openid profile' });
  }

  async function submitted(path: string, values: Record<string, string>): Promise<Page> {
    const browser = hebrewBrowser();
    return browser.submit(await browser.get(path), values);
  }

  /** Of an end user who has allowed nothing. */
  async function strangersBrowser(): Promise<TestBrowser> {
    const eve = await anEndUser().withEmail('cyd@example.com').registeredAt(app);
    const browser = await eve.browser();
    browser.cookies.set('gatehouse_language', 'he');
    return browser;
  }

  async function declinedAtGithub(): Promise<Page> {
    const browser = hebrewBrowser();
    const state = (await browser.get('/auth/github')).location?.searchParams.get('state') ?? '';
    const answer = new URLSearchParams({ error: 'access_denied', state, iss: 'https://github.com/login/oauth' });
    return browser.get(`/auth/github/callback?${answer}`);
  }

  async function knownByEmail(): Promise<Page> {
    github.endUser = { id: 2, login: 'ada', emails: [{ email: ada.email, primary: true, verified: true }] };
    return signInAt(hebrewBrowser(), '/auth/github');
  }

  async function sentByForm(): Promise<Page> {
    const browser = await adasBrowser();
    return browser.submit(await ask({ response_mode: 'form_post' }, browser), { decision: 'allow' });
  }

  const {
    signIn,
    chooseAccount,
    signOut,
    consent,
    authorizations,
    requestExpired,
    formPost,
    linkAccount,
    linkFirst,
    logins,
    loginFailure,
    error,
  } = hebrew;

  it.each<[string, string, () => Promise<Page>]>([
    ['asks to sign in', signIn.title, () => hebrewBrowser().get('/login')],
    ['asks to sign in on the way to a client', opening(signIn.onTheWayTo('')), () => ask({}, hebrewBrowser())],
    ['says what is missing', signIn.problems.emailMissing, () => submitted('/login', {})],
    [
      'says that the password is wrong',
      signIn.problems.wrong,
      () => submitted('/login', { email: ada.email, password: '-' }),
    ],
    ['says that too much was guessed', signIn.problems.throttled(15).slice(0, 20), guessedTooOften],
    [
      'asks to prove it again',
      signIn.confirmTitle,
      async () => (await adasBrowser()).get('/login?reason=reauthenticate'),
    ],
    [
      'lets an account be chosen',
      chooseAccount.title,
      async () => (await adasBrowser()).get('/login?reason=select-account'),
    ],
    ['asks before signing out', signOut.title, async () => (await adasBrowser()).get('/logout')],
    ['says that nobody is signed in', signOut.doneTitle, () => hebrewBrowser().get('/logout')],
    ['asks for consent on the way to a site', consent.answerGoesTo, () => ask()],
    [
      'asks for consent on the way to a program',
      consent.asksTo,
      () => ask({ redirect_uri: 'http://127.0.0.1:4711/callback' }),
    ],
    [
      'asks for consent on the way to a scheme',
      opening(consent.takeBackOn('')),
      () => ask({ redirect_uri: 'com.example.app:/callback' }),
    ],
    ['asks for more consent than before', consent.newlyAsksTo, allowedTwice],
    ['was shown to somebody else', consent.forAnotherTitle, shownToAnother],
    [
      'lists what is allowed',
      opening(authorizations.takeBackFrom('')),
      async () => (await adasBrowser()).get('/oauth/authorizations'),
    ],
    ['lists nothing', authorizations.none, async () => (await strangersBrowser()).get('/oauth/authorizations')],
    ['is out of date', opening(requestExpired.goBackTo('')), tooOld],
    [
      'cannot say what it was for',
      requestExpired.goBack,
      () => hebrewBrowser().get('/oauth/authorize/resume?request=altered'),
    ],
    ['sends itself back', formPost.submit, sentByForm],
    ['offers to link an account', linkAccount.decline, async () => signInAt(await adasBrowser(), '/auth/github')],
    ['names no provider', loginFailure.waysOn.signInAnotherWay, () => hebrewBrowser().get('/auth/nowhere')],
    [
      'belongs to no sign-in under way',
      loginFailure.waysOn.tryAgain('GitHub'),
      () => hebrewBrowser().get('/auth/github/callback?state=altered'),
    ],
    ['was declined at the provider', loginFailure.waysOn.tryAgain('GitHub'), declinedAtGithub],
    ['has an account here already', linkFirst.submit('GitHub'), knownByEmail],
    ['lists no linked account', logins.none, async () => (await adasBrowser()).get('/account/logins')],
    ['is not there', error.nothingHere, () => hebrewBrowser().get('/nowhere')],
    ['refuses a form of another browser', error.foreignForm, () => hebrewBrowser().post('/logout', {})],
    [
      'is for those who are signed in',
      error.nobodySignedIn,
      () => hebrewBrowser().post('/oauth/authorizations/revoke', {}),
    ],
  ])('A page in a second language leaves no English where it %s', async (_what, text, show) => {
    const page = await show();
    expect(page.html).toContain(HEBREW);
    expect(page.html).toContain(text);
    expect(latinWordsOf(page.html, ...DATA)).toEqual([]);
  });
});
