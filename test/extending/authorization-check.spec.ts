import { Injectable, Module } from '@nestjs/common';
import {
  AccessDeniedError,
  AuthorizationCheck,
  type AuthorizationRequest,
  type CheckedAccess,
  type GrantedRequest,
  type ResponseParameters,
  ResponseTypePart,
  type ResponseTypePartHandler,
} from 'gatehouse';
import { responseOf, walkThrough } from '../support/authorization-request.js';
import { aClient, CALLBACK } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { authorizationsOf } from '../support/stored-grants.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

/** Lets nobody sign in to an application while the office is closed, and ties what is granted to one resource server. */
@Injectable()
@AuthorizationCheck()
class OfficeCheck implements AuthorizationCheck {
  async check({ client, endUser, parameters, granted, address }: AuthorizationRequest): Promise<CheckedAccess> {
    if (parameters.get('acr_values') === 'closed') {
      throw new AccessDeniedError({ description: `${client.name} is closed for scope ${granted.scopes.join(' ')}` });
    }
    return { actor: { sub: endUser.subject, address }, resources: parameters.all('resource') };
  }
}

/** Sees what the check before it added, and takes a scope away, or grants one that nobody asked for. */
@Injectable()
@AuthorizationCheck()
class SecondCheck implements AuthorizationCheck {
  /** A scope that is granted at the decision alone. */
  late = false;

  check({ granted, parameters }: AuthorizationRequest): CheckedAccess | undefined {
    if (granted.resources?.length === 0) return undefined;
    const left = parameters
      .get('leave')
      ?.split(' ')
      .filter((scope) => scope !== 'email' || this.late);
    return { acr: `for ${granted.resources?.length}`, ...(left && { scopes: left.filter((scope) => scope !== '-') }) };
  }
}

/** Shows what was granted. */
@Injectable()
@ResponseTypePart('granted')
class GrantedPart implements ResponseTypePartHandler {
  async issue({ granted }: GrantedRequest): Promise<ResponseParameters> {
    return { granted: JSON.stringify(granted) };
  }
}

@Module({ providers: [OfficeCheck, SecondCheck, GrantedPart] })
class ChecksModule {}

describe('@AuthorizationCheck()', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let web: TestClient;

  beforeAll(async () => {
    app = await TestApp.start({ extensions: [ChecksModule] });
    ada = await anEndUser().registeredAt(app);
    const responseTypes = { response_types: ['code', 'granted'] };
    web = await aClient()
      .named('web')
      .with({ client_name: 'Web', ...responseTypes })
      .registeredAt(app);
  });
  afterAll(() => app.stop());

  it('A check refuses after the end user has signed in, and the client gets the refusal with state and iss', async () => {
    const browser = app.browser();
    const first = await web.ask(browser, { acr_values: 'closed' });
    expect(first.location?.pathname).toBe('/login');
    const page = await (await ada.signIn()).get(web.authorizePath({ acr_values: 'closed' }));
    expect(page.location?.href.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(responseOf(page)).toEqual({
      error: 'access_denied',
      error_description: 'Web is closed for scope openid profile',
      state: 'a state & more',
      iss: app.url,
    });
  });

  it('A check refuses before the end user is asked for consent, so that nothing is recorded', async () => {
    const other = await aClient().named('other').registeredAt(app);
    const page = await (await ada.signIn()).get(other.authorizePath({ acr_values: 'closed', prompt: 'consent' }));
    expect(responseOf(page)).toMatchObject({ error: 'access_denied' });
    expect(await authorizationsOf(other)).toEqual([]);
  });

  it('Checks add to the access that is granted, each to what those before it added', async () => {
    const path = { response_type: 'granted', resource: 'https://api.example' };
    const { granted } = await web.authorize(ada, path);
    expect(JSON.parse(granted ?? '')).toEqual({
      scopes: ['openid', 'profile'],
      actor: { sub: ada.id, address: expect.any(String) },
      resources: ['https://api.example'],
      acr: 'for 1',
    });
  });

  it('A check sees every resource of a request that went through signing in and consent', async () => {
    const path = web.authorizePath({
      response_type: 'granted',
      prompt: 'login consent',
      resource: 'https://a.example',
    });
    const page = await walkThrough(app.browser(), `${path}&resource=https://b.example`, ada.email, ada.password);
    expect(JSON.parse(responseOf(page).granted ?? '').resources).toEqual(['https://a.example', 'https://b.example']);
  });

  it('A check takes scopes away before the end user is asked, and the tokens have what is left (RFC 6749 3.3)', async () => {
    const browser = await ada.signIn();
    const narrowed = aClient().named('narrowed').allowed('openid profile email');
    const client = await narrowed.registeredAt(app);
    const path = { leave: 'openid profile', resource: app.url };
    const page = await client.ask(browser, path);
    expect([page.html.includes('name="decision"'), /e-mail address/i.test(page.html)]).toEqual([true, false]);
    const tokens = await client.signIn(ada, path);
    expect(tokens.scope).toBe('openid profile');
    expect(await authorizationsOf(client)).toMatchObject([{ scopes: ['openid', 'profile'] }]);
  });

  it('A check that takes every scope away refuses the request, and one that grants another scope is our fault', async () => {
    const refusal = async (leave: string) => (await web.authorize(ada, { leave, resource: 'https://a.example' })).error;
    expect([await refusal('-'), await refusal('everything')]).toEqual(['access_denied', 'server_error']);
  });

  it('A decision allows no scope that its page did not show, and shows the page anew', async () => {
    const client = await aClient().named('late').allowed('openid profile email').registeredAt(app);
    const browser = await ada.signIn();
    const page = await client.ask(browser, { leave: 'openid profile email', resource: 'https://a.example' });
    const check = app.port(SecondCheck);
    check.late = true;
    const again = await browser.submit(page, { decision: 'allow' });
    expect([again.status, await authorizationsOf(client)]).toEqual([403, []]);
    expect(again.html).toMatch(/e-mail address/i);
    expect(responseOf(await browser.submit(again, { decision: 'allow' }))).toHaveProperty('code');
    check.late = false;
  });
});
