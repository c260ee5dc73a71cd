import { Injectable, Module } from '@nestjs/common';
import { type Grant, GrantType, MetadataSource } from 'gatehouse';
import { allowInsecureRequests, discovery, None } from 'openid-client';
import { aClient, registerAll } from '../support/client-builder.js';
import { declareScope } from '../support/scopes.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields } from '../support/test-browser.js';
import type { Parameters, TestClient } from '../support/test-client.js';

/** A grant type of a module of your own. */
@Injectable()
@GrantType('urn:example:grant')
class ExampleGrant implements Grant {
  validate() {
    return undefined;
  }
  issue(): never {
    throw new Error('This grant only shows up in the metadata');
  }
}

/** A member of your own. */
@Injectable()
@MetadataSource()
class Documentation implements MetadataSource {
  metadata() {
    return { service_documentation: 'https://docs.example/' };
  }
}

@Module({ providers: [ExampleGrant, Documentation] })
class ExampleModule {}

@Injectable()
@MetadataSource()
class SecondTokenEndpoint implements MetadataSource {
  metadata() {
    return { token_endpoint: 'https://elsewhere.example/token' };
  }
}

@Module({ providers: [SecondTokenEndpoint] })
class RivalModule {}

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ extensions: [ExampleModule] });
});
afterAll(() => app.stop());

describe('server metadata', () => {
  const endpoints = () => ({
    authorization_endpoint: `${app.url}/oauth/authorize`,
    token_endpoint: `${app.url}/oauth/token`,
    userinfo_endpoint: `${app.url}/oauth/userinfo`,
    jwks_uri: `${app.url}/oauth/jwks`,
    revocation_endpoint: `${app.url}/oauth/revoke`,
    introspection_endpoint: `${app.url}/oauth/introspect`,
  });
  const metadata = async (document = 'openid-configuration') => (await app.get(`/.well-known/${document}`)).json();

  it('Server metadata is the same for OpenID Connect Discovery and for RFC 8414', async () => {
    expect(await metadata('oauth-authorization-server')).toEqual(await metadata());
  });

  it('Server metadata names the endpoints under the issuer, whatever the Host header says', async () => {
    const response = await app.get('/.well-known/openid-configuration', { host: 'evil.example' });
    expect(await response.json()).toMatchObject({ issuer: app.url, ...endpoints() });
  });

  it('Server metadata is this document and no other, with the grant type and the member of a module of your own', async () => {
    const sorted = (document: object) =>
      Object.fromEntries(
        Object.entries(document).map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]),
      );
    const [basic, post] = ['client_secret_basic', 'client_secret_post'];
    const claims =
      'iss sub aud exp iat auth_time nonce amr sid name family_name given_name middle_name nickname ' +
      'preferred_username profile picture website gender birthdate zoneinfo locale updated_at email email_verified ' +
      'address phone_number phone_number_verified';
    expect(sorted(await metadata())).toEqual(
      sorted({
        issuer: app.url,
        ...endpoints(),
        scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
        claims_supported: claims.split(' '),
        response_types_supported: ['code', 'token'],
        response_modes_supported: ['query', 'fragment', 'form_post'],
        grant_types_supported: [
          'authorization_code',
          'client_credentials',
          'password',
          'refresh_token',
          'urn:example:grant',
          'implicit',
        ],
        token_endpoint_auth_methods_supported: [basic, post, 'none'],
        revocation_endpoint_auth_methods_supported: [basic, post, 'none'],
        introspection_endpoint_auth_methods_supported: [basic, post],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256', 'RS256', 'EdDSA', 'PS256'],
        code_challenge_methods_supported: ['S256'],
        prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
        authorization_response_iss_parameter_supported: true,
        claims_parameter_supported: false,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
        service_documentation: 'https://docs.example/',
      }),
    );
  });

  it('Server metadata is refused at boot where two modules give one member', async () => {
    await expect(TestApp.start({ extensions: [RivalModule] })).rejects.toThrow(
      'SecondTokenEndpoint and TokenMetadata both give the server metadata member "token_endpoint"',
    );
  });

  it('Server metadata names only endpoints that exist', async () => {
    const endpoints = Object.entries(await metadata()).filter(([name]) => /_endpoint$|^jwks_uri$/.test(name));
    for (const [name, url] of endpoints) {
      const { status } = await fetch(url as string, { redirect: 'manual' });
      expect({ name, isThere: status !== 404 }).toEqual({ name, isThere: true });
    }
  });

  it('Server metadata says what is on, a grant of a module of your own among it, and nothing that is off', async () => {
    const document = await metadata();
    expect(document).toMatchObject({
      response_types_supported: expect.arrayContaining(['code']),
      response_modes_supported: expect.arrayContaining(['query', 'fragment', 'form_post']),
      grant_types_supported: expect.arrayContaining(['client_credentials', 'urn:example:grant']),
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['public'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      scopes_supported: expect.arrayContaining(['openid', 'profile', 'email']),
      claims_supported: expect.arrayContaining(['sub', 'email_verified', 'updated_at', 'auth_time']),
    });
    expect(new Set(document.id_token_signing_alg_values_supported)).toEqual(
      new Set(['RS256', 'ES256', 'EdDSA', 'PS256']),
    );
    const methods = ['client_secret_basic', 'client_secret_post', 'none'];
    expect(new Set(document.token_endpoint_auth_methods_supported)).toEqual(new Set(methods));
    expect(new Set(document.revocation_endpoint_auth_methods_supported)).toEqual(new Set(methods));
    expect(document.introspection_endpoint_auth_methods_supported).not.toContain('none');
    expect(document.grant_types_supported.includes('implicit')).toBe(
      document.response_types_supported.some((type: string) => type.includes('token')),
    );
  });

  it('Server metadata follows the scopes that exist', async () => {
    await declareScope(app, 'reports:read', 'Read your reports');
    expect((await metadata()).scopes_supported).toContain('reports:read');
  });

  it('Server metadata satisfies a certified relying party', async () => {
    const options = { execute: [allowInsecureRequests] };
    const configuration = await discovery(new URL(app.url), 'shop', undefined, None(), options);
    expect(configuration.serverMetadata().issuer).toBe(app.url);
    const oauth = await discovery(new URL(app.url), 'shop', undefined, None(), { ...options, algorithm: 'oauth2' });
    expect(oauth.serverMetadata().supportsPKCE()).toBe(true);
  });

  it('Server metadata may be read by a script of any origin, and be kept', async () => {
    const { headers } = await app.get('/.well-known/oauth-authorization-server');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('cache-control')).toBe('public, max-age=900');
    expect(headers.get('etag')).toMatch(/^"[\w-]{43}"$/);
  });
});

describe('what server metadata says', () => {
  let client: (id: string) => TestClient;
  let said: Record<string, readonly string[]>;
  beforeAll(async () => {
    said = await (await app.get('/.well-known/openid-configuration')).json();
    const grantTypes = list('grant_types');
    const everything = aClient()
      .using(...grantTypes)
      .with({ response_types: [...list('response_types')] })
      .allowed(list('scopes').join(' '));
    client = await registerAll(app, [
      everything.named('client_secret_basic'),
      everything.named('client_secret_post').with({ token_endpoint_auth_method: 'client_secret_post' }),
      everything
        .named('none')
        .public()
        .using(...grantTypes.filter((name) => name !== 'client_credentials')),
    ]);
  });

  const list = (name: string) => said[`${name}_supported`] ?? [];
  const refusalOf = async (parameters: Parameters) => {
    const usual = { scope: 'openid', code_challenge: undefined, code_challenge_method: undefined };
    const asked = await client('client_secret_basic').ask(app.browser(), { ...usual, ...parameters });
    const { location, html } = asked;
    return location
      ? new URLSearchParams(location.hash.slice(1) || location.search).get('error')
      : hiddenFields(html).error;
  };

  it('What server metadata says is so for every grant type', async () => {
    for (const grant_type of list('grant_types').filter((name) => name !== 'implicit')) {
      const response = await client('client_secret_basic').token({ grant_type });
      expect(['unsupported_grant_type', 'unauthorized_client']).not.toContain((await response.json()).error);
    }
  });

  it('What server metadata says is so for every response type in every response mode but for a token in the query', async () => {
    for (const response_type of list('response_types')) {
      for (const response_mode of list('response_modes')) {
        const expected = response_type === 'token' && response_mode === 'query' ? 'invalid_request' : 'login_required';
        expect(await refusalOf({ response_type, response_mode, prompt: 'none' })).toBe(expected);
      }
    }
  });

  it('What server metadata says is so for every scope and every prompt', async () => {
    for (const scope of list('scopes')) expect(await refusalOf({ scope, prompt: 'none' })).toBe('login_required');
    for (const prompt of list('prompt_values')) {
      expect(await refusalOf({ prompt })).toBe(prompt === 'none' ? 'login_required' : null);
    }
  });

  it('What server metadata says is so for every way to authenticate, at each endpoint', async () => {
    for (const [endpoint, name] of [
      ['/oauth/revoke', 'revocation_endpoint_auth_methods'],
      ['/oauth/introspect', 'introspection_endpoint_auth_methods'],
    ] as const) {
      for (const method of list(name)) {
        const { status } = await client(method).post(endpoint, { token: 'x' });
        expect({ method, status }).toEqual({ method, status: 200 });
      }
    }
    for (const method of list('token_endpoint_auth_methods')) {
      const response = await client(method).token({ grant_type: 'refresh_token' });
      expect({ method, ...(await response.json()) }).toMatchObject({ method, error: 'invalid_request' });
    }
  });

  it('What server metadata says is so for every algorithm of an id_token', async () => {
    const { keys } = await (await app.get('/oauth/jwks')).json();
    const published = new Set(keys.map(({ alg }: { alg: string }) => alg));
    expect(new Set(list('id_token_signing_alg_values'))).toEqual(published);
  });
});
