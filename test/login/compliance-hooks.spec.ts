import { type ComplianceHooks, type Members, RemoteApis } from 'gatehouse';
import { FakeGithub } from '../support/fake-github.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import type { FakeAnswer } from '../support/fake-server.js';
import { RefreshingProvider } from '../support/refreshing-provider.js';
import { signedInAs, signInAt } from '../support/remote-sign-in.js';
import { rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';

/** A provider that wraps whatever it says into `data`, and answers the callback by other names. */
const unwrap: ComplianceHooks = {
  callbackParameters: ({ authorization_code, ...parameters }) =>
    authorization_code === undefined ? parameters : { ...parameters, code: authorization_code },
  accessTokenResponse: ({ data, ...members }) => ({ ...members, ...(data as Members) }),
  refreshTokenRequest: ({ headers, form }) => ({ headers, form: { ...form, client_key: 'by another name' } }),
  refreshTokenResponse: ({ data }) => data as Members,
  protectedRequest: (request) => ({ ...request, headers: { ...request.headers, 'x-api-version': '7' } }),
  userinfoResponse: ({ data, ...members }) => ({ ...members, ...(data as Members) }),
};

describe('A provider that does otherwise than its standard, with hooks that mend it', () => {
  let oidc: FakeOidcProvider;
  let github: FakeGithub;
  let app: TestApp;
  beforeAll(async () => {
    [oidc, github] = await Promise.all([FakeOidcProvider.start(), FakeGithub.start()]);
    app = await TestApp.start({
      remoteApps: [
        { ...new RefreshingProvider(oidc).settings, compliance: unwrap },
        { ...github.settings(), compliance: unwrap },
      ],
    });
  });
  afterAll(async () => {
    await app?.stop();
    await oidc?.stop();
    await github?.stop();
  });

  /** Has a route of a fake wrap its answers. */
  const wrap = (server: FakeOidcProvider['server'], path: string) => {
    const honest = server.routes.get(path);
    server.routes.set(path, async (request) => {
      const answer = (await honest?.(request)) as FakeAnswer;
      return { ...answer, body: { data: answer.body } };
    });
  };

  it('A sign-in with OpenID Connect, a refresh and a call of the API go through the hooks', async () => {
    oidc.reset();
    const tokens = new RefreshingProvider(oidc);
    oidc.endUser = { sub: 'wrapped', name: 'Wrapped' };
    oidc.response = ({ code = '', ...parameters }) => ({ ...parameters, authorization_code: code });
    wrap(oidc.server, '/token');
    oidc.server.routes.set('/userinfo', () => ({ body: { sub: 'wrapped', data: oidc.endUser } }));
    const browser = app.browser();
    expect((await signInAt(browser, '/auth/corp')).status).toBe(303);
    expect(await signedInAs(browser)).toBe('Wrapped');
    const [row] = await rowsOf(app, 'linked_accounts', { remote_subject: 'wrapped' });
    const answer = await app.port(RemoteApis).get('corp').as(String(row?.subject)).get('me');
    expect([answer.status, tokens.refreshes]).toEqual([200, 1]);
    const asked = oidc.server.requests.at(-2);
    expect(asked?.form.get('client_key')).toBe('by another name');
    expect(oidc.server.requests.at(-1)?.headers['x-api-version']).toBe('7');
  });

  it('A sign-in with plain OAuth 2 goes through the hooks', async () => {
    github.reset();
    github.endUser = { id: 77, login: 'wrapped', name: 'Wrapped there', emails: [] };
    wrap(github.server, '/user');
    const browser = app.browser();
    expect((await signInAt(browser, '/auth/github')).status).toBe(303);
    expect(await signedInAs(browser)).toBe('Wrapped there');
  });
});
