import { signIn } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { findLink } from '../support/linked-accounts.js';
import { expectFailurePage, signedInAs, traces } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';
import type { Page, TestBrowser } from '../support/test-browser.js';

const ADA = ['ada@upstream.example', PASSWORD] as const;
const SECRET = 'the secret of the one at the other / and more';
let upstream: TestApp;
let downstream: TestApp;
let ada: TestEndUser;

beforeAll(async () => {
  upstream = await TestApp.start();
  const app = { clientId: 'downstream', issuer: upstream.url, clientSecret: SECRET };
  downstream = await TestApp.start({
    remoteApps: [
      { ...app, name: 'corp' },
      { ...app, name: 'wrong', clientSecret: 'wrong' },
      { ...app, name: 'never-allowed', clientId: 'never-allowed' },
      { ...app, name: 'public', clientId: 'public', clientAuthentication: 'none', responseMode: 'form_post' },
    ],
  });
  const somebody = anEndUser().withVerifiedEmail(ADA[0]).named('Ada Lovelace').withClaims({ locale: 'en-GB' });
  ada = await somebody.registeredAt(upstream);
  const callbacks = ['corp', 'wrong', 'never-allowed', 'public'].map(
    (name) => `${downstream.url}/auth/${name}/callback`,
  );
  const client = aClient()
    .confidential(SECRET)
    .redirectingTo(...callbacks)
    .allowed('openid profile email')
    .with({ client_name: 'Downstream' });
  for (const id of ['downstream', 'never-allowed']) await client.named(id).registeredAt(upstream);
  await client.named('public').public().registeredAt(upstream);
});
afterAll(async () => {
  await downstream?.stop();
  await upstream?.stop();
});

/** One end user's browser as it shows itself to each of the two servers. */
interface TwoServers {
  readonly here: TestBrowser;
  readonly there: TestBrowser;
}

function newBrowser(): TwoServers {
  return { here: downstream.browser(), there: upstream.browser() };
}

/** From our button to the page at the provider that asks something, or to the answer that leaves it. */
async function leave({ here, there }: TwoServers, path: string): Promise<Page> {
  const start = await here.get(path);
  return there.follow(await there.get(start.location?.href ?? ''));
}

/** Signs in there and answers the consent page, if there is one. */
async function answerThere({ there }: TwoServers, signInPage: Page, decision: 'allow' | 'deny'): Promise<Page> {
  const consent = await there.follow(await signIn(there, signInPage, ...ADA));
  return consent.status === 200 ? there.submit(consent, { decision }) : consent;
}

/** Everything but the last step: the callback here, as an address. */
async function callbackOf(browser: TwoServers, path: string, decision: 'allow' | 'deny' = 'allow'): Promise<string> {
  const page = await leave(browser, path);
  const answered = page.status === 200 ? await answerThere(browser, page, decision) : page;
  return answered.location?.href ?? '';
}

describe('signing in here with another Gatehouse as OpenID Connect provider', () => {
  it('A sign-in with another Gatehouse goes through its sign-in and consent pages, and makes a user of its claims', async () => {
    const browser = newBrowser();
    const page = await browser.here.get(await callbackOf(browser, '/auth/corp?return_to=%2Faccount'));
    expect([page.status, page.headers.get('location')]).toEqual([303, '/account']);
    expect(await signedInAs(browser.here)).toBe('Ada Lovelace (ada@upstream.example)');
    expect(await findLink(downstream, ada.id)).toMatchObject({
      issuer: upstream.url,
      email: ADA[0],
      emailVerified: true,
      claims: { name: 'Ada Lovelace', locale: 'en-GB' },
    });
  });

  it('A sign-in with another Gatehouse asks nothing the second time, and finds the same user', async () => {
    const browser = newBrowser();
    await browser.here.get(await callbackOf(browser, '/auth/corp'));
    const before = await traces(downstream);
    const again = { ...browser, here: downstream.browser() };
    const page = await leave(again, '/auth/corp');
    expect(page.location?.pathname).toBe('/auth/corp/callback');
    expect((await again.here.get(page.location?.href ?? '')).status).toBe(303);
    const { sessions: _, ...lasting } = await traces(downstream);
    expect(before).toMatchObject(lasting);
  });

  it('A sign-in with another Gatehouse is no new proof of who the end user is unless they prove it there again (prompt=login)', async () => {
    const bankClient = aClient().named('bank').public().firstParty().redirectingTo('https://bank.example/cb');
    const bank = await bankClient.allowed('email').registeredAt(downstream);
    const browser = newBrowser();
    await browser.here.get(await callbackOf(browser, '/auth/corp'));
    for (const { clock } of [upstream, downstream]) clock.travel({ seconds: 60 });
    const signInPage = await browser.here.follow(await bank.ask(browser.here, { prompt: 'login' }));
    const path = /href="(\/auth\/corp[^"]*)"/.exec(signInPage.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(path).toMatch(/&prompt=login$/);
    const silent = await browser.here.get(await callbackOf(browser, path.replace('&prompt=login', '')));
    const askedAgain = await browser.here.follow(silent);
    expect(askedAgain.html).toContain('name="password"');
    const there = await leave(browser, path);
    expect(there.html).toContain('name="password"');
    const answered = await answerThere(browser, there, 'allow');
    const back = await browser.here.follow(await browser.here.get(answered.location?.href ?? ''));
    expect(back.location?.href).toMatch(/^https:\/\/bank\.example\/cb\?code=/);
  });

  it('A sign-in with another Gatehouse lets two tabs of one browser finish in either order', async () => {
    const browser = newBrowser();
    const first = await callbackOf(browser, '/auth/corp?return_to=%2Ffirst');
    const second = await callbackOf(browser, '/auth/corp?return_to=%2Fsecond');
    expect((await browser.here.get(second)).headers.get('location')).toBe('/second');
    expect((await browser.here.get(first)).headers.get('location')).toBe('/first');
  });

  it('A sign-in with another Gatehouse works as a public client whose answer is posted', async () => {
    const browser = newBrowser();
    const page = await leave(browser, '/auth/public');
    const posted = await answerThere(browser, page, 'allow');
    expect(posted.html).toContain('method="post"');
    const taken = await browser.here.submit(posted);
    expect((await browser.here.follow(taken)).status).toBe(200);
    expect(await signedInAs(browser.here)).toBe('Ada Lovelace (ada@upstream.example)');
  });

  it('A sign-in with another Gatehouse ends on a page when the end user denies', async () => {
    const browser = newBrowser();
    const page = await browser.here.get(await callbackOf(browser, '/auth/never-allowed', 'deny'));
    expectFailurePage(page, 403, 'access_denied', 'declined at Never-allowed');
    expect(await signedInAs(browser.here)).toBeUndefined();
  });

  it('A sign-in with another Gatehouse ends on a page when the callback is replayed', async () => {
    const browser = newBrowser();
    const callback = await callbackOf(browser, '/auth/corp');
    const cookies = new Map(browser.here.cookies);
    expect((await browser.here.get(callback)).status).toBe(303);
    downstream.clock.travel({ seconds: 31 });
    expectFailurePage(await browser.here.get(callback), 400, 'flow_unknown', 'used already');
    const thief = downstream.browser();
    for (const [name, value] of cookies) thief.cookies.set(name, value);
    expectFailurePage(await thief.get(callback), 400, 'flow_unknown', 'used already');
  });

  it('A sign-in with another Gatehouse ends on a page when our secret is wrong', async () => {
    const browser = newBrowser();
    const page = await browser.here.get(await callbackOf(browser, '/auth/wrong'));
    expectFailurePage(page, 502, 'token_refused', 'says: invalid_client');
  });
});
