import { jest } from '@jest/globals';
import { Injectable, Logger, Module } from '@nestjs/common';
import { ClaimsSource, type DescribedAccess, TokenClaims } from 'gatehouse';
import { decodeJwt } from 'jose';
import { StaffTokenClaims } from '../../examples/token-claims/staff.token-claims.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

@Module({ providers: [StaffTokenClaims] })
class StaffModule {}

/** Gives a claim of the protocol's, which the scope of a request names as `claim:NAME`, where that door is asked. */
const claimIn = (door: string, scopes: readonly string[]) =>
  Object.fromEntries(scopes.filter((scope) => scope.startsWith(door)).map((scope) => [scope.split(':')[1], 'mine']));

@Injectable()
@TokenClaims()
class UsurpingClaims implements TokenClaims {
  accessTokenClaims({ granted }: DescribedAccess) {
    return claimIn('access', granted.scopes);
  }

  idTokenClaims({ granted }: DescribedAccess) {
    return claimIn('id', granted.scopes);
  }
}

@Injectable()
@ClaimsSource()
class UsurpingSource implements ClaimsSource {
  claims(_: unknown, scopes: readonly string[]) {
    return claimIn('userinfo', scopes);
  }
}

@Module({ providers: [UsurpingClaims, UsurpingSource] })
class UsurpingModule {}

@Injectable()
@TokenClaims()
class IdleClaims implements TokenClaims {}

@Module({ providers: [IdleClaims] })
class IdleModule {}

const reader = aClient().using('authorization_code', 'refresh_token').allowed('openid profile');

describe.each(['jwt', 'opaque'])('claims of an application, beside access tokens of the format %s', (format) => {
  let app: TestApp;
  let ada: TestEndUser;
  let client: TestClient;
  let api: TestClient;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [StaffModule] });
    ada = await anEndUser().withEmail('ada@staff.example').registeredAt(app);
    client = await reader.with({ access_token_format: format }).registeredAt(app);
    api = await aClient().named('api').resourceServer().registeredAt(app);
  });
  afterAll(() => app.stop());

  it('Access tokens and id_tokens have the claims that are given to each, after a refresh too', async () => {
    const first = await client.signIn(ada);
    for (const { access_token, id_token = '' } of [first, await client.refreshed(first.refresh_token)]) {
      const told = await (await api.introspect(access_token)).json();
      expect([told.roles, told.department]).toEqual([['staff'], undefined]);
      if (format === 'jwt') expect(decodeJwt(access_token)).toMatchObject({ roles: ['staff'] });
      const identity = decodeJwt(id_token);
      expect([identity.department, identity.roles]).toEqual(['reading room', undefined]);
    }
  });

  it('A class that gives a token nothing adds no member to it', async () => {
    const machine = await aClient().named('machine').using('client_credentials').allowed('profile').registeredAt(app);
    const { access_token } = await tokensOf(machine.clientCredentials());
    expect(await (await api.introspect(access_token)).json()).not.toHaveProperty('roles');
  });
});

describe('a claim of an application that the protocol sets', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let stacks: string[];
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [UsurpingModule] });
    ada = await anEndUser().registeredAt(app);
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    stacks = [];
    jest.spyOn(Logger.prototype, 'error').mockImplementation((_, stack) => void stacks.push(String(stack)));
  });
  afterEach(() => jest.restoreAllMocks());

  it.each(['sub', 'scope', 'acr', 'active'])(
    'The claim %s in an access token is refused, and the log names the class and the claim',
    async (name) => {
      const scope = `access:${name}`;
      const client = await aClient()
        .named(`access-${name}`)
        .using('client_credentials')
        .allowed(scope)
        .registeredAt(app);
      const refused = await client.clientCredentials();
      expect([refused.status, await refused.json()]).toMatchObject([500, { error: 'server_error' }]);
      expect(stacks.join()).toContain(`UsurpingClaims gives the claim "${name}", which the protocol sets`);
    },
  );

  it.each(['aud', 'nonce', 'nbf'])(
    'The claim %s in an id_token is refused, and the log names the class and the claim',
    async (name) => {
      const client = await reader.named(`id-${name}`).allowed(`openid id:${name}`).registeredAt(app);
      await expect(client.signIn(ada)).rejects.toThrow('500');
      expect(stacks.join()).toContain(`UsurpingClaims gives the claim "${name}", which the protocol sets`);
    },
  );

  it.each(['sub', 'aud'])('The claim %s from a claims source is refused at userinfo', async (name) => {
    const client = await reader.named(`userinfo-${name}`).allowed(`openid userinfo:${name}`).registeredAt(app);
    const { access_token } = await client.signIn(ada);
    expect((await app.get('/oauth/userinfo', { authorization: `Bearer ${access_token}` })).status).toBe(500);
    expect(stacks.join()).toContain(`UsurpingSource gives the claim "${name}", which the protocol sets`);
  });

  it('A class that gives claims to no token is refused at the start', async () => {
    await expect(TestApp.start({ extensions: [IdleModule] })).rejects.toThrow(
      'IdleClaims is @TokenClaims(): give it accessTokenClaims() or idTokenClaims()',
    );
  });
});
