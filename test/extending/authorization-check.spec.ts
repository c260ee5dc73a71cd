import { Injectable, Module } from '@nestjs/common';
import {
  AccessDeniedError,
  type AddedAccess,
  AuthorizationCheck,
  type AuthorizationRequest,
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
  async check({ client, endUser, parameters, granted, address }: AuthorizationRequest): Promise<AddedAccess> {
    if (parameters.get('acr_values') === 'closed') {
      throw new AccessDeniedError({ description: `${client.name} is closed for scope ${granted.scopes.join(' ')}` });
    }
    return { actor: { sub: endUser.subject, address }, resources: parameters.all('resource') };
  }
}

/** Sees what the check before it added, and cannot change the scopes. */
@Injectable()
@AuthorizationCheck()
class SecondCheck implements AuthorizationCheck {
  check({ granted }: AuthorizationRequest): AddedAccess | undefined {
    if (granted.resources?.length === 0) return undefined;
    return { acr: `for ${granted.resources?.length}`, scopes: ['everything'] } as AddedAccess;
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

  it('Checks add to the access that is granted, each to what those before it added, and leave the scopes', async () => {
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
});
