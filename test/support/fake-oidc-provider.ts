import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { s256Challenge } from '../../src/common/crypto/pkce.js';
import { type FakeAnswer, type FakeRequest, FakeServer } from './fake-server.js';
import type { SelfSigned } from './self-signed.js';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

interface Grant {
  readonly nonce: string | null;
  readonly challenge: string | null;
}

/** An OpenID Connect provider on a loopback port that signs `endUser` in at once, and lies in the ways a test asks for. */
export class FakeOidcProvider {
  /** The claims of whoever is signed in there. */
  endUser: JWTPayload = { sub: 'end-user-1' };
  /** Changes the id_token's claims before they are signed. */
  claims: (claims: JWTPayload) => JWTPayload = (claims) => claims;
  /** Changes the signed id_token. */
  idToken: (jwt: string, claims: JWTPayload) => string | Promise<string> = (jwt) => jwt;
  /** Changes the authorization response's parameters. */
  response: (parameters: Record<string, string>) => Record<string, string> = (parameters) => parameters;
  readonly clientId = 'oidc-client';
  readonly clientSecret = 'oidc-secret';
  /** What /jwks publishes, and the key id there. */
  publishedKeys: Keys;
  keyId = '1';
  /** In place of those that /jwks publishes. */
  signingKeys: Keys;
  /** The issuer where that is another than the address of the server here. */
  knownAs: string | undefined;
  readonly #codes = new Map<string, Grant>();

  private constructor(
    readonly server: FakeServer,
    private readonly firstKeys: Keys,
  ) {
    this.publishedKeys = firstKeys;
    this.signingKeys = firstKeys;
  }

  /** With a certificate it speaks https. */
  static async start(certificate?: SelfSigned): Promise<FakeOidcProvider> {
    const provider = new FakeOidcProvider(await FakeServer.start({}, certificate), await generateKeyPair('RS256'));
    provider.reset();
    return provider;
  }

  /** Puts everything back to honesty. */
  reset(): void {
    this.claims = (claims) => claims;
    this.idToken = (jwt) => jwt;
    this.response = (parameters) => parameters;
    this.publishedKeys = this.firstKeys;
    this.signingKeys = this.firstKeys;
    this.keyId = '1';
    const { routes } = this.server;
    routes.set('/.well-known/openid-configuration', () => ({ body: this.metadata }));
    routes.set('/authorize', (request) => this.#authorize(request));
    routes.set('/token', (request) => this.#token(request));
    routes.set('/jwks', async () => ({
      body: {
        keys: [{ ...(await exportJWK(this.publishedKeys.publicKey)), kid: this.keyId, alg: 'RS256', use: 'sig' }],
      },
    }));
    routes.set('/userinfo', () => ({ body: this.endUser }));
  }

  /** Signs with a new key from now on, and publishes that one alone. */
  async exchangeKeys(keyId: string): Promise<void> {
    this.publishedKeys = await generateKeyPair('RS256');
    this.signingKeys = this.publishedKeys;
    this.keyId = keyId;
  }

  get issuer(): string {
    return this.knownAs ?? this.server.url;
  }

  get metadata() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      jwks_uri: `${this.issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  /** What a Gatehouse is told to sign end users in here. */
  settings(name: string) {
    return { name, clientId: this.clientId, clientSecret: this.clientSecret, issuer: this.issuer };
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  #authorize({ url: { searchParams } }: FakeRequest): FakeAnswer {
    const code = randomUUID();
    this.#codes.set(code, { nonce: searchParams.get('nonce'), challenge: searchParams.get('code_challenge') });
    const parameters = this.response({ code, state: searchParams.get('state') ?? '', iss: this.issuer });
    const back = new URL(searchParams.get('redirect_uri') ?? '');
    if (searchParams.get('response_mode') === 'form_post') return { body: parameters };
    back.search = new URLSearchParams(parameters).toString();
    return { status: 302, headers: { location: back.href } };
  }

  async #token({ form, headers }: FakeRequest): Promise<FakeAnswer> {
    if (decodeBasic(headers.authorization) !== `${this.clientId}:${this.clientSecret}`)
      return { status: 401, body: { error: 'invalid_client' } };
    const grant = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    if (grant === undefined || grant.challenge !== s256Challenge(form.get('code_verifier') ?? '')) {
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Wrong code or verifier' } };
    }
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 300 };
    const honest = { iss: this.issuer, aud: this.clientId, ...times, sub: this.endUser.sub, nonce: grant.nonce };
    const claims = this.claims(honest as JWTPayload);
    const jwt = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: this.keyId })
      .sign(this.signingKeys.privateKey);
    const id_token = await this.idToken(jwt, claims);
    return { body: { access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token } };
  }
}

/** Both halves are form-encoded (RFC 6749 section 2.3.1). */
function decodeBasic(authorization = ''): string {
  return decodeURIComponent(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString());
}
