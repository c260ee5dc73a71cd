import {
  type AuthorizationCodeGrantChecks,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  clockSkew,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  tokenIntrospection,
  tokenRevocation,
} from 'openid-client';
import { walkThrough } from '../support/authorization-request.js';
import { aClient, CALLBACK } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page, type TestBrowser } from '../support/test-browser.js';

const ADA = ['ada@example.com', PASSWORD] as const;
const SECRET = 'a:b%2Fc%+d e/f?g=h&i"j\\k~é✓';
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA', 'PS256'] as const;

let app: TestApp;
let ada: TestEndUser;
beforeAll(async () => {
  app = await TestApp.start();
  ada = await anEndUser().named('Ada Lovelace').registeredAt(app);
  // Ids and secrets beyond ASCII, which the rules of registration keep out and the library encodes all the same.
  const client = aClient()
    .confidential(SECRET)
    .using('authorization_code', 'refresh_token', 'client_credentials')
    .allowed('openid profile email offline_access');
  for (const algorithm of ALGORITHMS) {
    await client.named(`by-${algorithm}`).with({ id_token_signed_response_alg: algorithm }).storedByHandAt(app);
  }
  await client.named('basic : % + é').storedByHandAt(app);
  const byPost = client.with({ token_endpoint_auth_method: 'client_secret_post' });
  await byPost.named('post : % + é').storedByHandAt(app);
  await client.named('none : % + é').public().using('authorization_code', 'refresh_token').storedByHandAt(app);
});
afterAll(() => app.stop());

/** The library as its documentation sets it up, but for plain http on this machine. */
async function configure(
  clientId: string,
  authentication: ClientAuth = ClientSecretBasic(SECRET),
  metadata: Parameters<typeof discovery>[2] = {},
): Promise<Configuration> {
  const options = { execute: [allowInsecureRequests, enableNonRepudiationChecks] };
  return discovery(new URL(app.url), clientId, metadata, authentication, options);
}

/** A code flow with PKCE, state and nonce, through the pages. */
async function signInWith(
  configuration: Configuration,
  parameters: Record<string, string> = {},
  { browser = app.browser(), checks = {} }: { browser?: TestBrowser; checks?: AuthorizationCodeGrantChecks } = {},
) {
  const pkceCodeVerifier = randomPKCECodeVerifier();
  const expectedState = randomState();
  const expectedNonce = randomNonce();
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: CALLBACK,
    scope: 'openid profile offline_access',
    code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  });
  const answer = answerOf(await walkThrough(browser, url.href, ...ADA));
  const expected = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  return authorizationCodeGrant(configuration, answer, { ...expected, ...checks });
}

/** What the browser brings to the client: an address, or a form. */
function answerOf(page: Page): URL | Request {
  if (page.location !== undefined) return page.location;
  return new Request(CALLBACK, { method: 'POST', body: new URLSearchParams(hiddenFields(page.html)) });
}

describe('openid-client v6, unchanged', () => {
  it.each(ALGORITHMS)(
    'A client of openid-client signs an end user in and checks the id_token by %s with the published keys',
    async (algorithm) => {
      const metadata = { id_token_signed_response_alg: algorithm };
      const configuration = await configure(`by-${algorithm}`, ClientSecretBasic(SECRET), metadata);
      const tokens = await signInWith(configuration);
      expect(tokens.claims()).toMatchObject({ iss: app.url, sub: ada.id, aud: `by-${algorithm}` });
      expect(JSON.parse(atob(tokens.id_token?.split('.')[0] ?? ''))).toMatchObject({ alg: algorithm });
    },
  );

  it('A client of openid-client refuses an id_token by another algorithm than the one it was registered for', async () => {
    const metadata = { id_token_signed_response_alg: 'ES256' };
    const configuration = await configure('by-RS256', ClientSecretBasic(SECRET), metadata);
    await expect(signInWith(configuration)).rejects.toMatchObject({ code: 'OAUTH_INVALID_RESPONSE' });
  });

  it('A client of openid-client takes the answer as a form (response_mode=form_post)', async () => {
    const tokens = await signInWith(await configure('by-RS256'), { response_mode: 'form_post' });
    expect(tokens.claims()?.sub).toBe(ada.id);
  });

  it.each([
    ['client_secret_basic', 'basic : % + é', ClientSecretBasic(SECRET)],
    ['client_secret_post', 'post : % + é', ClientSecretPost(SECRET)],
    ['none', 'none : % + é', None()],
  ])(
    'A client of openid-client authenticates by %s with an id and a secret of special characters',
    async (_method, clientId, authentication) => {
      const configuration = await configure(clientId, authentication);
      const tokens = await signInWith(configuration);
      expect(tokens.claims()?.aud).toBe(clientId);
      const refreshed = await refreshTokenGrant(configuration, tokens.refresh_token ?? '');
      await tokenRevocation(configuration, refreshed.refresh_token ?? '');
      await expect(refreshTokenGrant(configuration, refreshed.refresh_token ?? '')).rejects.toMatchObject({
        status: 400,
        error: 'invalid_grant',
      });
    },
  );

  it('A client of openid-client is told of a wrong secret by the challenge (RFC 6749 5.2)', async () => {
    const configuration = await configure('basic : % + é', ClientSecretBasic(`${SECRET}.`));
    await expect(clientCredentialsGrant(configuration)).rejects.toMatchObject({
      status: 401,
      cause: [{ scheme: 'basic', parameters: { realm: 'gatehouse', charset: 'UTF-8' } }],
    });
  });

  it('A client of openid-client refreshes, and finds the same subject and no new sign-in in the new id_token', async () => {
    const configuration = await configure('by-ES256', ClientSecretBasic(SECRET), {
      id_token_signed_response_alg: 'ES256',
    });
    const tokens = await signInWith(configuration);
    const refreshed = await refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    const { sub, auth_time, nonce } = refreshed.claims() ?? {};
    expect({ sub, auth_time, nonce }).toEqual({ sub: ada.id, auth_time: tokens.claims()?.auth_time, nonce: undefined });
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    expect(refreshed.access_token).not.toBe(tokens.access_token);
  });

  it('A client of openid-client reads userinfo only of the subject of the id_token', async () => {
    const configuration = await configure('by-RS256');
    const tokens = await signInWith(configuration);
    const { access_token } = tokens;
    const subject = tokens.claims()?.sub ?? '';
    expect(await fetchUserInfo(configuration, access_token, subject)).toMatchObject({
      sub: subject,
      name: 'Ada Lovelace',
    });
    await expect(fetchUserInfo(configuration, access_token, 'eve')).rejects.toMatchObject({
      code: 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
    });
  });

  it('A client of openid-client acts in its own right, introspects what it got and revokes it', async () => {
    const configuration = await configure('by-RS256');
    const { access_token, expires_in, token_type } = await clientCredentialsGrant(configuration, { scope: 'profile' });
    expect({ expires_in, token_type }).toEqual({ expires_in: expect.any(Number), token_type: 'bearer' });
    expect(await tokenIntrospection(configuration, access_token)).toMatchObject({
      active: true,
      client_id: 'by-RS256',
      scope: 'profile',
      iss: app.url,
    });
    await tokenRevocation(configuration, access_token);
    expect(await tokenIntrospection(configuration, access_token)).toEqual({ active: false });
  });
});

describe('openid-client v6 at a browser where somebody is signed in', () => {
  let configuration: Configuration;
  let browser: TestBrowser;
  beforeAll(async () => {
    configuration = await configure('by-RS256');
    browser = app.browser();
    await signInWith(configuration, {}, { browser });
  });

  it('A client of openid-client asks nobody under prompt=none', async () => {
    const tokens = await signInWith(configuration, { prompt: 'none' }, { browser });
    expect(tokens.claims()?.sub).toBe(ada.id);
    await expect(signInWith(configuration, { prompt: 'none' })).rejects.toMatchObject({ error: 'login_required' });
  });

  it.each(['login', 'consent', 'select_account', 'login consent'])(
    'A client of openid-client gets an answer for prompt=%s',
    async (prompt) => {
      const tokens = await signInWith(configuration, { prompt }, { browser });
      expect(tokens.claims()?.sub).toBe(ada.id);
    },
  );

  it('A client of openid-client tells an old sign-in by auth_time, and gets a new one by max_age', async () => {
    const later = 600;
    app.clock.travel({ seconds: later });
    const inFuture = await configure('by-RS256', ClientSecretBasic(SECRET), { [clockSkew]: later });
    await expect(signInWith(inFuture, {}, { browser, checks: { maxAge: 60 } })).rejects.toMatchObject({
      code: 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
    });
    const tokens = await signInWith(inFuture, { max_age: '60' }, { browser, checks: { maxAge: 60 } });
    expect(tokens.claims()?.auth_time).toBeGreaterThan(Date.now() / 1000 + later - 60);
  });
});
