import { Injectable, Module } from '@nestjs/common';
import { type Grant, GrantType, TokenIssuer, type TokenRequest, type TokenResponse } from 'gatehouse';
import { responseOf, walkThrough } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

/** Tells which resources and audiences it was asked for. */
@Injectable()
@GrantType('urn:example:targets')
class TargetsGrant implements Grant<TokenRequest> {
  constructor(private readonly issuer: TokenIssuer) {}

  validate(request: TokenRequest): TokenRequest {
    request.parameters.get('audience');
    return request;
  }

  async issue({ client, grantType, parameters }: TokenRequest): Promise<TokenResponse> {
    const response = await this.issuer.issue({ client, grantType, granted: { scopes: [] } });
    return { ...response, resources: parameters.all('resource'), audience: parameters.get('audience') };
  }
}

@Module({ providers: [TargetsGrant] })
class TargetsModule {}

describe.each([
  ['of our own', false],
  ["of the application's", true],
])('with a body parser %s', (_whose, bodyParser) => {
  let app: TestApp;
  let machine: TestClient;
  let both: TestClient;

  beforeAll(async () => {
    app = await TestApp.start({ extensions: [TargetsModule], bodyParser });
    machine = await aClient().using('urn:example:targets').allowed('a').registeredAt(app);
    both = await aClient().named('both').using('authorization_code', 'client_credentials').registeredAt(app);
  });
  afterAll(() => app.stop());

  const ask = async (form: string) => {
    const response = await app.post('/oauth/token', `grant_type=urn:example:targets${form}`, machine.basic());
    return { status: response.status, body: await response.json() };
  };

  it('A grant is given every resource of a request (RFC 8707 section 2)', async () => {
    const { status, body } = await ask('&resource=https%3A%2F%2Fb.example&audience=x&resource=https%3A%2F%2Fa.example');
    expect(status).toBe(200);
    expect(body).toMatchObject({ resources: ['https://b.example', 'https://a.example'], audience: 'x' });
  });

  it('The token endpoint takes several resources and audiences', async () => {
    const form = 'grant_type=client_credentials&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example';
    const answer = await app.post('/oauth/token', `${form}&audience=x&audience=y`, both.basic());
    expect(answer.status).toBe(200);
  });

  it('The authorization endpoint takes several resources, also past the sign-in page', async () => {
    const ada = await anEndUser().registeredAt(app);
    const path = `${both.authorizePath()}&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example`;
    const page = await walkThrough(app.browser(), path, ada.email, ada.password);
    expect(responseOf(page)).toHaveProperty('code');
  });

  it('A grant that takes one audience refuses two (RFC 8693 section 2.1)', async () => {
    expect(await ask('&audience=x&audience=y')).toEqual({
      status: 400,
      body: { error: 'invalid_request', error_description: 'Give audience only once here' },
    });
  });
});
