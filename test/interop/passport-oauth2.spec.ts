import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request } from 'express';
import { Passport } from 'passport';
import { Strategy, type StrategyOptions, type VerifyCallback } from 'passport-oauth2';
import { walkThrough } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { TestBrowser } from '../support/test-browser.js';

const ADA = ['ada@example.com', PASSWORD] as const;
const SECRET = 'a:b%2Fc+d e/f';

let app: TestApp;
let ada: TestEndUser;
let partner: { readonly url: string; readonly server: Server };
beforeAll(async () => {
  app = await TestApp.start();
  ada = await anEndUser().named('Ada Lovelace').registeredAt(app);
  partner = await startPartner();
  await aClient()
    .named('partner')
    .confidential(SECRET)
    .redirectingTo(`${partner.url}/callback`)
    .using('authorization_code', 'refresh_token')
    .with({ token_endpoint_auth_method: 'client_secret_post' })
    .registeredAt(app);
});
afterAll(async () => {
  partner.server.close();
  await app.stop();
});

/** The strategy as it is: state and PKCE in a session, the client's secret in the form; the profile is ours to read. */
class PartnerStrategy extends Strategy {
  override userProfile(accessToken: string, done: (error: unknown, profile?: unknown) => void): void {
    this._oauth2.useAuthorizationHeaderforGET(true);
    this._oauth2.get(`${app.url}/oauth/userinfo`, accessToken, (error, body) =>
      error ? done(error) : done(null, JSON.parse(String(body))),
    );
  }
}

/** A small Express application that signs end users in here. */
async function startPartner() {
  const partnerApp = express();
  const server = partnerApp.listen(0, 'localhost');
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const passport = new Passport();
  const options: StrategyOptions = {
    authorizationURL: `${app.url}/oauth/authorize`,
    tokenURL: `${app.url}/oauth/token`,
    clientID: 'partner',
    clientSecret: SECRET,
    callbackURL: `${url}/callback`,
    scope: ['openid', 'profile'],
    state: true,
    pkce: true,
  };
  passport.use(
    new PartnerStrategy(
      options,
      (accessToken: string, refreshToken: string, params: object, profile: object, done: VerifyCallback) =>
        done(null, { accessToken, refreshToken, params, profile }),
    ),
  );
  partnerApp.use(inMemorySession());
  partnerApp.get('/login', passport.authenticate('oauth2', { session: false }));
  partnerApp.get('/callback', passport.authenticate('oauth2', { session: false }), (request, response) => {
    response.json(request.user);
  });
  return { url, server };
}

/** As much of express-session as the strategy needs. */
function inMemorySession(): express.RequestHandler {
  const sessions = new Map<string, object>();
  return (request: Request & { session?: object }, response, next) => {
    const id = /sid=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? randomUUID();
    request.session = sessions.get(id) ?? {};
    sessions.set(id, request.session);
    response.cookie('sid', id);
    next();
  };
}

/** From the partner's login to its callback, which is not called yet. */
async function callbackFor(visitor: TestBrowser): Promise<string> {
  const start = await visitor.get('/login');
  const answer = await walkThrough(app.browser(), start.location?.href ?? '', ...ADA);
  return answer.location?.href ?? '';
}

describe("passport-oauth2's Strategy, unchanged, in an Express application", () => {
  it('The Strategy of passport-oauth2 signs an end user in, with tokens and profile', async () => {
    const visitor = new TestBrowser(partner.url);
    const page = await visitor.get(await callbackFor(visitor));
    expect(JSON.parse(page.html)).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.stringMatching(/^gate_rt_/),
      params: expect.objectContaining({ token_type: 'Bearer', scope: 'openid profile' }),
      profile: expect.objectContaining({ sub: ada.id, name: 'Ada Lovelace' }),
    });
  });

  it('The Strategy of passport-oauth2 refuses the callback in another browser, whose state it is not', async () => {
    const callback = await callbackFor(new TestBrowser(partner.url));
    expect((await new TestBrowser(partner.url).get(callback)).status).toBe(403);
  });
});
