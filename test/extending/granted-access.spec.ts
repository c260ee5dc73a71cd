import { Controller, Get, Injectable, Module } from '@nestjs/common';
import {
  AuthorizationCheck,
  type AuthorizationRequest,
  CurrentToken,
  type DescribedAccess,
  type Grant,
  GrantType,
  RequireScopes,
  TokenClaims,
  TokenIssuer,
  type TokenOrder,
  type TokenRequest,
  type TokenResponse,
  type VerifiedAccessToken,
} from 'gatehouse';
import { decodeJwt } from 'jose';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, type Tokens, tokensOf } from '../support/test-client.js';

declare module 'gatehouse' {
  interface GrantedAccess {
    /** Whose data the client may see: a member of this application's own. */
    readonly tenant?: string;
  }
}

const GRANT = 'urn:example:tenant';
const KEY = { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' };

/** Gives an end user's tokens with everything that can be granted, bound to a key. */
@Injectable()
@GrantType(GRANT)
class TenantGrant implements Grant<TokenOrder> {
  constructor(private readonly issuer: TokenIssuer) {}

  validate({ client, grantType, parameters }: TokenRequest): TokenOrder {
    const resources = parameters.all('resource');
    return {
      client,
      grantType,
      granted: {
        scopes: ['profile'],
        ...(resources.length > 0 && { resources }),
        authorizationDetails: [{ type: 'payment', amount: '12.00' }],
        actor: { sub: 'the agent' },
        tenant: parameters.required('tenant'),
      },
      endUser: { subject: parameters.required('subject'), signIn: { authTime: new Date(), amr: ['hwk'], acr: 'phr' } },
      confirmation: KEY,
      withRefreshToken: true,
    };
  }

  issue(order: TokenOrder): Promise<TokenResponse> {
    return this.issuer.issue(order);
  }
}

/** Grants the tenant that the authorization request names. */
@Injectable()
@AuthorizationCheck()
class TenantCheck implements AuthorizationCheck {
  check({ parameters }: AuthorizationRequest) {
    const tenant = parameters.get('tenant');
    return tenant === undefined ? undefined : { tenant };
  }
}

@Injectable()
@TokenClaims()
class TenantClaims implements TokenClaims {
  accessTokenClaims({ granted }: DescribedAccess) {
    return { tenant: granted.tenant };
  }
}

@Controller('tenants')
class TenantsController {
  @Get('mine')
  @RequireScopes('profile')
  mine(@CurrentToken() { claims, confirmation }: VerifiedAccessToken) {
    return { tenant: claims?.tenant, key: confirmation };
  }
}

@Module({
  controllers: [TenantsController],
  providers: [TenantGrant, TenantCheck, TenantClaims],
})
class TenantModule {}

describe.each(['jwt', 'opaque'])('What was granted, in tokens of the format %s', (format) => {
  let app: TestApp;
  let ada: TestEndUser;
  let client: TestClient;
  let api: TestClient;

  const tenantClient = aClient()
    .public()
    .using(GRANT, 'refresh_token')
    .with({ access_token_format: format, redirect_uris: undefined });
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [TenantModule] });
    ada = await anEndUser().registeredAt(app);
    client = await tenantClient.registeredAt(app);
    api = await aClient().named('api').resourceServer().registeredAt(app);
  });
  afterAll(() => app.stop());

  const order = () => ({ grant_type: GRANT, subject: ada.id, tenant: 'blue' });
  const wire = {
    sub: expect.any(String),
    scope: 'profile',
    authorization_details: [{ type: 'payment', amount: '12.00' }],
    act: { sub: 'the agent' },
    acr: 'phr',
    cnf: KEY,
    tenant: 'blue',
  };
  const expectAll = async ({ access_token: token }: Tokens) => {
    expect(await (await api.introspect(token)).json()).toMatchObject({ active: true, ...wire });
    if (format === 'jwt') expect(decodeJwt(token)).toMatchObject(wire);
    const guarded = await app.get('/tenants/mine', { authorization: `Bearer ${token}` });
    expect(await guarded.json()).toEqual({ tenant: 'blue', key: KEY });
  };

  it('The token tells the members of RFC 9396, 9470 and 8693, one of the application, and its key (RFC 7800)', async () => {
    await expectAll(await tokensOf(client.token(order())));
  });

  it('A refreshed token tells them all again', async () => {
    const first = await tokensOf(client.token(order()));
    const second = await client.refreshed(first.refresh_token);
    await expectAll(await client.refreshed(second.refresh_token));
  });

  it('A member of the application travels from the authorization request by the code and two refreshes', async () => {
    const web = await aClient()
      .named('web')
      .using('authorization_code', 'refresh_token')
      .with({ access_token_format: format })
      .allowed('profile')
      .registeredAt(app);
    const first = await web.signIn(ada, { tenant: 'red' });
    const second = await web.refreshed(first.refresh_token);
    for (const { access_token: token } of [first, second, await web.refreshed(second.refresh_token)]) {
      expect(await (await api.introspect(token)).json()).toMatchObject({ sub: ada.id, tenant: 'red' });
      if (format === 'jwt') expect(decodeJwt(token)).toMatchObject({ sub: ada.id, tenant: 'red' });
      const guarded = await app.get('/tenants/mine', { authorization: `Bearer ${token}` });
      expect(await guarded.json()).toEqual({ tenant: 'red' });
    }
  });

  it('Resources are the audience (RFC 8707), so that this server is meant no more', async () => {
    const owner = await tenantClient.named('owner').confidential().registeredAt(app);
    const { access_token: token } = await tokensOf(owner.token({ ...order(), resource: 'https://other.example' }));
    expect(await (await owner.introspect(token)).json()).toMatchObject({ aud: ['https://other.example'] });
    const guarded = await app.get('/tenants/mine', { authorization: `Bearer ${token}` });
    expect([guarded.status, await guarded.json()]).toEqual([
      401,
      expect.objectContaining({ error_description: 'The access token is meant for https://other.example' }),
    ]);
  });
});
