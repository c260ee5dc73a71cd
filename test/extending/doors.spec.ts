import { Injectable, Module, Scope, type Type } from '@nestjs/common';
import type { Request } from 'express';
import {
  type Client,
  type ClientAuthenticator,
  ClientAuthMethod,
  type Grant,
  GrantType,
  type PresentedCredentials,
  TokenFormat,
  TokenIssuer,
  type TokenOrder,
  type TokenRequest,
  type TokenResponse,
} from 'gatehouse';
import { aClient } from '../support/client-builder.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

interface Badge extends PresentedCredentials {
  readonly number: string;
}

@Injectable()
@ClientAuthMethod('badge')
class BadgeMethod implements ClientAuthenticator<Badge> {
  read({ headers }: Request): Badge | undefined {
    const [clientId, number] = String(headers['x-badge'] ?? '').split('#');
    return clientId && number ? { clientId, number } : undefined;
  }

  async verify(client: Client, { number }: Badge): Promise<boolean> {
    return client.id === 'guest' && number === '7';
  }
}

@Injectable()
@GrantType('client_credentials', { replace: true })
class GenerousGrant implements Grant<TokenOrder> {
  constructor(private readonly issuer: TokenIssuer) {}

  validate({ client, grantType }: TokenRequest): TokenOrder {
    return { client, grantType, granted: { scopes: ['everything'] } };
  }

  async issue(order: TokenOrder): Promise<TokenResponse> {
    return { ...(await this.issuer.issue(order)), greeting: 'Welcome' };
  }
}

@Module({ providers: [BadgeMethod, GenerousGrant] })
class ExtensionsModule {}

describe('doors of the token endpoint', () => {
  let app: TestApp;
  let machine: TestClient;

  beforeAll(async () => {
    app = await TestApp.start({ extensions: [ExtensionsModule] });
    const client = aClient().using('client_credentials').allowed('reports:read');
    await client.named('guest').with({ token_endpoint_auth_method: 'badge' }).registeredAt(app);
    machine = await client.named('machine').registeredAt(app);
  });
  afterAll(() => app.stop());

  const ask = async (headers: Record<string, string>, form: Record<string, string> = {}) => {
    const response = await app.post('/oauth/token', { grant_type: 'client_credentials', ...form }, headers);
    return { status: response.status, body: await response.json() };
  };

  it('Doors of the token endpoint take a client authentication method of your own, beside the built-in ones', async () => {
    expect((await ask({ 'x-badge': 'guest#7' })).status).toBe(200);
    expect((await ask({ 'x-badge': 'guest#8' })).body).toMatchObject({ error: 'invalid_client' });
    expect((await ask({ 'x-badge': 'guest#7', ...machine.basic() })).body).toEqual({
      error: 'invalid_request',
      error_description: 'Authenticate the client by one method, not by badge and client_secret_basic at once',
    });
    expect((await ask(machine.basic())).status).toBe(200);
  });

  it('Doors of the token endpoint let a class replace a built-in of the same name that says so, and add members to the response', async () => {
    const { body } = await ask(machine.basic());
    expect(body).toMatchObject({ scope: 'everything', greeting: 'Welcome' });
  });

  @Injectable()
  @GrantType('client_credentials')
  class SilentRival extends GenerousGrant {}

  /** Types keep such a class out; JavaScript does not. */
  @Injectable()
  @(TokenFormat('jwt') as (type: Type) => void)
  class HalfAFormat {}

  @Injectable({ scope: Scope.REQUEST })
  class Tenant {}

  @Injectable()
  @GrantType('urn:example:tenant')
  class TenantGrant extends GenerousGrant {
    constructor(
      issuer: TokenIssuer,
      readonly tenant: Tenant,
    ) {
      super(issuer);
    }
  }

  it.each([
    [
      'a second claim on a name that does not say replace',
      SilentRival,
      'both claim the grant type "client_credentials"',
    ],
    [
      'a class that lacks what its role needs',
      HalfAFormat,
      'HalfAFormat claims the token format "jwt" but has no write, read()',
    ],
    ['a class that Nest would make for each request', TenantGrant, 'TenantGrant is request-scoped or transient'],
  ])('Doors of the token endpoint refuse at boot %s', async (_what, provider, message) => {
    @Module({ providers: [provider, Tenant] })
    class RivalModule {}
    await expect(TestApp.start({ extensions: [RivalModule] })).rejects.toThrow(message);
  });
});

describe("an application's own body parser", () => {
  let app: TestApp;
  let machine: TestClient;
  beforeAll(async () => {
    app = await TestApp.start({ bodyParser: true });
    machine = await aClient().using('client_credentials').allowed('a b').registeredAt(app);
  });
  afterAll(() => app.stop());

  const ask = async (body: string, type = 'application/x-www-form-urlencoded') => {
    const response = await app.post('/oauth/token', body, { ...machine.basic(), 'content-type': type });
    return { status: response.status, body: await response.json() };
  };

  it('A body parser of the application may read the form before us', async () => {
    const { status, body } = await ask('grant_type=client_credentials&scope=a&client_id=');
    expect(status).toBe(200);
    expect(body.scope).toBe('a');
  });

  it.each(['scope=a&scope=b', 'scope[]=a', 'scope[a]=b'])(
    'A body parser of the application does not get %s past us',
    async (pair) => {
      const { status, body } = await ask(`grant_type=client_credentials&${pair}`);
      expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_request' });
    },
  );

  it('A body parser of the application does not get JSON past us', async () => {
    const { status, body } = await ask('{"grant_type":"client_credentials"}', 'application/json');
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_request' });
  });
});
