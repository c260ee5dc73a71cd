import * as oauth from 'oauth4webapi';
import { authorizePath, VERIFIER, walkThrough } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';

const CALLBACK = 'https://spa.example/callback';
const ADA = ['ada@example.com', PASSWORD] as const;
const STATE = 'a state & more';
const HTTP = { [oauth.allowInsecureRequests]: true };
const SPA: oauth.Client = { client_id: 'spa' };

let app: TestApp;
let ada: TestEndUser;
let server: oauth.AuthorizationServer;
beforeAll(async () => {
  app = await TestApp.start();
  ada = await anEndUser().registeredAt(app);
  const client = aClient().public().redirectingTo(CALLBACK);
  await client.named('spa').registeredAt(app);
  await client.named('opaque').with({ access_token_format: 'opaque' }).registeredAt(app);
  await client.named('implicit').using('authorization_code', 'implicit').registeredAt(app);
  server = await metadata('oidc');
});
afterAll(() => app.stop());

async function metadata(algorithm: 'oidc' | 'oauth2'): Promise<oauth.AuthorizationServer> {
  const response = await oauth.discoveryRequest(new URL(app.url), { ...HTTP, algorithm });
  return oauth.processDiscoveryResponse(new URL(app.url), response);
}

/** Where the browser leads in the end. */
async function answerTo(parameters: Record<string, string> = {}): Promise<URL> {
  const request = { client_id: 'spa', redirect_uri: CALLBACK, scope: 'openid profile', nonce: 'n-1', ...parameters };
  const { location, html } = await walkThrough(app.browser(), authorizePath(request), ...ADA);
  if (location === undefined) throw new Error(`The browser stays on ${html}`);
  return location;
}

async function tokensFor(client: oauth.Client, nonce = 'n-1'): Promise<oauth.TokenEndpointResponse> {
  const parameters = oauth.validateAuthResponse(server, client, await answerTo({ client_id: client.client_id }), STATE);
  const { None, authorizationCodeGrantRequest } = oauth;
  const response = await authorizationCodeGrantRequest(server, client, None(), parameters, CALLBACK, VERIFIER, HTTP);
  return oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    maxAge: 60,
    requireIdToken: true,
  });
}

describe('oauth4webapi as a client', () => {
  it('A client of oauth4webapi finds the same by OpenID Connect Discovery and by RFC 8414', async () => {
    expect(await metadata('oauth2')).toEqual(server);
  });

  it('A client of oauth4webapi gets an id_token with its nonce and the time of the sign-in', async () => {
    const tokens = await tokensFor(SPA);
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ sub: ada.id, aud: 'spa', nonce: 'n-1' });
    await expect(tokensFor(SPA, 'another')).rejects.toMatchObject({ code: oauth.JWT_CLAIM_COMPARISON });
  });

  it('A client of oauth4webapi tells the answer of this server from that of another (RFC 9207 2.4)', async () => {
    const answer = await answerTo();
    expect(oauth.validateAuthResponse(server, SPA, answer, STATE).get('code')).toMatch(/^gate_ac_/);
    const other = { ...server, issuer: 'https://other.example' };
    expect(() => oauth.validateAuthResponse(other, SPA, answer, STATE)).toThrow('unexpected "iss"');
    answer.searchParams.delete('iss');
    expect(() => oauth.validateAuthResponse(server, SPA, answer, STATE)).toThrow('"iss" (issuer) missing');
  });

  it.each(['id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token'])(
    'A client of oauth4webapi reads the refusal of response_type=%s where it looks for it, in the fragment (OpenID Connect Core 3.2.2.6, 3.3.2.6)',
    async (response_type) => {
      const { hash } = await answerTo({ response_type });
      expect(() => oauth.validateAuthResponse(server, SPA, new URLSearchParams(hash.slice(1)), STATE)).toThrow(
        expect.objectContaining({ error: 'unsupported_response_type' }),
      );
    },
  );

  it('A client of oauth4webapi reads the refusal of response_type=token for a client that does not list it', async () => {
    const { hash } = await answerTo({ response_type: 'token' });
    expect(() => oauth.validateAuthResponse(server, SPA, new URLSearchParams(hash.slice(1)), STATE)).toThrow(
      expect.objectContaining({ error: 'unauthorized_client' }),
    );
  });
});

describe('oauth4webapi as a resource server', () => {
  const asks = (accessToken: string) =>
    new Request('https://api.example/', { headers: { authorization: `Bearer ${accessToken}` } });

  it('A resource server of oauth4webapi lets a JWT access token of the code flow in (RFC 9068 4)', async () => {
    const { access_token } = await tokensFor(SPA);
    const claims = await oauth.validateJwtAccessToken(server, asks(access_token), server.issuer, HTTP);
    expect(claims).toMatchObject({ sub: ada.id, client_id: 'spa', scope: 'openid profile' });
  });

  it('A resource server of oauth4webapi lets a JWT access token of the implicit flow in', async () => {
    const { hash } = await answerTo({ client_id: 'implicit', response_type: 'token' });
    const accessToken = new URLSearchParams(hash.slice(1)).get('access_token') ?? '';
    expect(await oauth.validateJwtAccessToken(server, asks(accessToken), server.issuer, HTTP)).toMatchObject({
      sub: ada.id,
      client_id: 'implicit',
    });
  });

  it('A resource server of oauth4webapi refuses an id_token, an opaque token and a token for another audience', async () => {
    const { access_token, id_token = '' } = await tokensFor(SPA);
    const opaque = await tokensFor({ client_id: 'opaque' });
    for (const [token, audience] of [
      [id_token, server.issuer],
      [opaque.access_token, server.issuer],
      [access_token, 'https://api.example'],
    ] as const) {
      await expect(oauth.validateJwtAccessToken(server, asks(token), audience, HTTP)).rejects.toThrow();
    }
  });
});
