import type { ClientMetadata } from '../../src/clients/metadata/client-metadata.js';
import { authorizePath, responseOf, VERIFIER, walkThrough } from './authorization-request.js';
import type { TestEndUser } from './end-user-builder.js';
import { basic, type TestApp } from './test-app.js';
import type { Page, TestBrowser } from './test-browser.js';

/** Parameters in place of the usual ones; undefined leaves one out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** What the token endpoint gives (RFC 6749 section 5.1), as far as tests read it. */
export interface Tokens {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

/** A registered client, seen from its own side: it sends requests and proves itself as it is registered to. */
export class TestClient {
  constructor(
    readonly app: TestApp,
    readonly id: string,
    readonly metadata: ClientMetadata,
    /** In clear; undefined for a public client. */
    readonly secret: string | undefined,
  ) {}

  /** The first of those registered. */
  get redirectUri(): string {
    return this.metadata.redirect_uris[0] ?? '';
  }

  /** The same client, talking to another node. */
  at(node: TestApp): TestClient {
    return new TestClient(node, this.id, this.metadata, this.secret);
  }

  /** The Authorization header of HTTP Basic. */
  basic(): { authorization: string } {
    return basic(this.id, this.secret ?? '');
  }

  /** The path of an authorization request for every scope of the client, with PKCE, state and a nonce. */
  authorizePath(parameters: Parameters = {}): string {
    const { scope } = this.metadata;
    const usual = { client_id: this.id, redirect_uri: this.redirectUri, scope, nonce: 'a nonce' };
    return authorizePath({ ...usual, ...parameters });
  }

  /** Sends an authorization request, and gives the first page that comes back. */
  ask(browser: TestBrowser, parameters: Parameters = {}): Promise<Page> {
    return browser.get(this.authorizePath(parameters));
  }

  /** Has the end user sign in and allow where they are asked, and gives the authorization response. */
  async authorize(endUser: TestEndUser, parameters: Parameters = {}): Promise<Record<string, string>> {
    const browser = await endUser.browser();
    return responseOf(await walkThrough(browser, this.authorizePath(parameters), endUser.email, endUser.password));
  }

  /** An authorization code, by the authorization endpoint. */
  async code(endUser: TestEndUser, parameters: Parameters = {}): Promise<string> {
    const response = await this.authorize(endUser, parameters);
    if (response.code === undefined) throw new Error(`No code but ${JSON.stringify(response)}`);
    return response.code;
  }

  /** Redeems a code, by the token endpoint. */
  redeem(code: string, parameters: Parameters = {}): Promise<Response> {
    const usual = { code, redirect_uri: this.redirectUri, code_verifier: VERIFIER };
    return this.token({ grant_type: 'authorization_code', ...usual, ...parameters });
  }

  /** The tokens that a code gives; a refusal fails the test. */
  async signIn(endUser: TestEndUser, parameters: Parameters = {}): Promise<Tokens> {
    return tokensOf(await this.redeem(await this.code(endUser, parameters)));
  }

  /** Refreshes, by the token endpoint. */
  refresh(refreshToken: string, parameters: Parameters = {}): Promise<Response> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...parameters });
  }

  /** The tokens that a refresh gives; a refusal fails the test. */
  async refreshed(refreshToken: string, parameters: Parameters = {}): Promise<Tokens> {
    return tokensOf(await this.refresh(refreshToken, parameters));
  }

  /** Asks for a token of its own (RFC 6749 section 4.4). */
  clientCredentials(parameters: Parameters = {}): Promise<Response> {
    return this.token({ grant_type: 'client_credentials', ...parameters });
  }

  /** Asks for tokens with the password of an end user (RFC 6749 section 4.3). */
  password(endUser: TestEndUser, parameters: Parameters = {}): Promise<Response> {
    return this.token({
      grant_type: 'password',
      username: endUser.email,
      password: endUser.password,
      ...parameters,
    });
  }

  /** Asks the token endpoint for anything. */
  token(parameters: Parameters): Promise<Response> {
    return this.post('/oauth/token', parameters);
  }

  /** Asks what a token is worth (RFC 7662). */
  introspect(token: string, parameters: Parameters = {}): Promise<Response> {
    return this.post('/oauth/introspect', { token, ...parameters });
  }

  /** Gives a token back (RFC 7009). */
  revoke(token: string, parameters: Parameters = {}): Promise<Response> {
    return this.post('/oauth/revoke', { token, ...parameters });
  }

  /** Asks who the end user of an access token is (OpenID Connect Core section 5.3). */
  userinfo(accessToken: string): Promise<Response> {
    return this.app.get('/oauth/userinfo', { authorization: `Bearer ${accessToken}` });
  }

  /** POST of a form to any endpoint, authenticated as the client is registered to. */
  post(path: string, parameters: Parameters): Promise<Response> {
    const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const form = Object.fromEntries(given);
    switch (this.metadata.token_endpoint_auth_method) {
      case 'none':
        return this.app.post(path, { client_id: this.id, ...form });
      case 'client_secret_post':
        return this.app.post(path, { client_id: this.id, client_secret: this.secret ?? '', ...form });
      default:
        return this.app.post(path, form, this.basic());
    }
  }
}

/** The tokens in an answer of the token endpoint; a refusal fails the test. */
export async function tokensOf(answer: Response | Promise<Response>): Promise<Tokens> {
  const response = await answer;
  if (response.status !== 200) throw new Error(`No tokens but ${response.status}: ${await response.text()}`);
  return (await response.json()) as Tokens;
}
