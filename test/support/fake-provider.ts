import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { RemoteAppSettings } from 'gatehouse';
import { exportJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { findPreset } from '../../src/auth/remote-login/presets/preset.js';
import { type FakeAnswer, type FakeRequest, FakeServer } from './fake-server.js';
import type { ProviderFacts } from './provider-facts.js';

const APPLE_KEYS = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const SIGNING_KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CLIENT_ID = 'client 42';
const CLIENT_SECRET = 'a secret/+& of at least thirty-two bytes';

/**
 * A provider that is played by the facts about it, not by our preset: a request that the provider would refuse is
 * refused. Each of its hosts is a folder of a server on a loopback port: `/api.github.com/user`.
 */
export class FakeProvider {
  /** What the end user does: allows, or declines. */
  declines = false;
  /** True while the token endpoint refuses. */
  refuses = false;
  readonly faults: string[] = [];
  readonly #codes = new Map<string, URLSearchParams>();
  readonly #accessTokens = new Set<string>();
  readonly #refreshTokens = new Set<string>();

  private constructor(
    readonly facts: ProviderFacts,
    readonly server: FakeServer,
  ) {}

  static async start(facts: ProviderFacts): Promise<FakeProvider> {
    const provider = new FakeProvider(facts, await FakeServer.start());
    const { routes } = provider.server;
    const { authorize, token, refresh, userinfo, more = {} } = facts;
    routes.set(folderOf(authorize), (request) => provider.#authorize(request));
    for (const address of [token, ...(refresh ? [refresh] : [])])
      routes.set(folderOf(address), (request) => provider.#token(request));
    if (userinfo) routes.set(folderOf(userinfo), (request) => provider.#userinfo(request));
    for (const [address, answer] of Object.entries(more))
      routes.set(folderOf(address), (request) => provider.#api(request) ?? { body: answer });
    routes.set(`${folderOf(provider.issuerPath)}.well-known/openid-configuration`, () => provider.#metadata());
    routes.set('/jwks', async () => ({
      body: { keys: [{ ...(await exportJWK(SIGNING_KEYS.publicKey)), kid: '1', alg: 'RS256', use: 'sig' }] },
    }));
    return provider;
  }

  /** Takes no access token any more that it has given. */
  forgetAccessTokens(): void {
    this.#accessTokens.clear();
  }

  /** The issuer as it is configured here: that of the facts in a folder of this server. */
  get issuer(): string {
    return this.#here(this.facts.issuer ?? '');
  }

  private get issuerPath(): string {
    return `${this.facts.issuer ?? 'https://none'}`.replace(/\/?$/, '/');
  }

  /** The preset with our credentials, each of its addresses in the folder of its host. */
  async settings(): Promise<RemoteAppSettings> {
    const { name, protocol, client, issuer } = this.facts;
    const preset = await findPreset(name);
    const addresses = ['authorizeUrl', 'accessTokenUrl', 'refreshTokenUrl', 'apiBaseUrl'] as const;
    const moved = addresses.flatMap((setting) => {
      const address = preset?.[setting];
      return address === undefined ? [] : [[setting, this.#here(address)]];
    });
    const key = {
      privateKey: String(APPLE_KEYS.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      keyId: 'K',
      teamId: 'T',
    };
    return {
      name,
      clientId: CLIENT_ID,
      ...(client === 'apple' ? key : { clientSecret: CLIENT_SECRET }),
      ...Object.fromEntries(moved),
      ...(protocol === 'oidc' && issuer && { issuer: this.issuer }),
    };
  }

  #here(address: string): string {
    return address === '' ? '' : this.server.url + folderOf(address);
  }

  #metadata(): FakeAnswer {
    const { authorize, token, userinfo, idTokenAlgorithm = 'RS256' } = this.facts;
    return {
      body: {
        issuer: this.issuer,
        authorization_endpoint: this.#here(authorize),
        token_endpoint: this.#here(token),
        ...(userinfo && { userinfo_endpoint: this.#here(userinfo) }),
        jwks_uri: `${this.server.url}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: [idTokenAlgorithm],
      },
    };
  }

  #authorize({ url: { searchParams } }: FakeRequest): FakeAnswer {
    const { scope, authorizeParams = {}, responseMode, denied, clientNames } = this.facts;
    this.#expect('client id', searchParams.get(clientNames?.[0] ?? 'client_id'), CLIENT_ID);
    this.#expect('scope', searchParams.get('scope') ?? '', scope);
    this.#expect('response_type', searchParams.get('response_type'), 'code');
    this.#expect('response_mode', searchParams.get('response_mode') ?? undefined, responseMode);
    for (const [name, value] of Object.entries(authorizeParams)) this.#expect(name, searchParams.get(name), value);
    const code = randomUUID();
    this.#codes.set(code, searchParams);
    const state = searchParams.get('state') ?? '';
    const name = JSON.stringify({ name: { firstName: 'Ada', lastName: 'Lovelace' }, email: 'x' });
    const answer = this.declines
      ? { ...(denied ?? { error: 'access_denied' }), state }
      : { code, state, ...(responseMode && { user: name }) };
    if (responseMode === 'form_post') return { body: answer };
    const back = new URL(searchParams.get('redirect_uri') ?? '');
    back.search = new URLSearchParams(answer).toString();
    return { status: 302, headers: { location: back.href } };
  }

  async #token(request: FakeRequest): Promise<FakeAnswer> {
    const { client, refusal, tokenResponse, protocol, refreshes } = this.facts;
    const form = client === 'query' ? request.url.searchParams : request.form;
    this.#expect('method of the token request', request.method, client === 'query' ? 'GET' : 'POST');
    await this.#checkClient(request, form);
    if (this.refuses) return { status: refusal.status, body: refusal.body };
    const isRefresh = form.get('grant_type') === 'refresh_token';
    const asked = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const isKnown = isRefresh ? this.#refreshTokens.delete(form.get('refresh_token') ?? '') : asked !== undefined;
    if (!isKnown) return { status: refusal.status, body: refusal.body };
    const [access_token, refresh_token] = [randomUUID(), randomUUID()];
    this.#accessTokens.add(access_token);
    this.#refreshTokens.add(refresh_token);
    const idToken = protocol === 'oidc' && asked ? { id_token: await this.#idToken(asked) } : {};
    return { body: { access_token, ...(refreshes && { refresh_token }), ...idToken, ...tokenResponse } };
  }

  async #checkClient({ headers }: FakeRequest, form: URLSearchParams): Promise<void> {
    const { client, clientNames: [id, secret] = ['client_id', 'client_secret'] } = this.facts;
    if (client === 'basic') {
      const encoded = new URLSearchParams([[CLIENT_ID, CLIENT_SECRET]]).toString().replace('=', ':');
      this.#expect('credentials', headers.authorization, `Basic ${Buffer.from(encoded).toString('base64')}`);
      return;
    }
    this.#expect('client id of the token request', form.get(id), CLIENT_ID);
    if (client !== 'apple') return this.#expect('client secret', form.get(secret), CLIENT_SECRET);
    const expected = { issuer: 'T', subject: CLIENT_ID, audience: this.issuer, algorithms: ['ES256'] };
    const key = createPublicKey(APPLE_KEYS.publicKey.export({ type: 'spki', format: 'pem' }));
    const { protectedHeader } = await jwtVerify(form.get(secret) ?? '', key, expected);
    this.#expect('key id', protectedHeader.kid, 'K');
  }

  #idToken(asked: URLSearchParams): Promise<string> {
    const { nonce: hasNonce = true, idTokenAlgorithm, idToken = {} } = this.facts;
    const nonce = hasNonce ? { nonce: asked.get('nonce') } : {};
    const claims: JWTPayload = { iss: this.issuer, aud: CLIENT_ID, sub: '42', ...nonce, ...idToken } as JWTPayload;
    const jwt = new SignJWT(claims).setIssuedAt().setExpirationTime('5m');
    if (idTokenAlgorithm === 'HS256')
      return jwt.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT_SECRET));
    return jwt.setProtectedHeader({ alg: 'RS256', kid: '1' }).sign(SIGNING_KEYS.privateKey);
  }

  #userinfo(request: FakeRequest): FakeAnswer {
    const { userinfoMethod = 'GET', userinfoQuery = {}, userinfoResponse = {}, protocol } = this.facts;
    this.#expect('method of user info', request.method, userinfoMethod);
    for (const [name, value] of Object.entries(userinfoQuery))
      this.#expect(name, request.url.searchParams.get(name), value);
    const subject = protocol === 'oidc' ? { sub: '42' } : {};
    return this.#api(request) ?? { body: { ...subject, ...userinfoResponse } };
  }

  /** The refusal of a call that the provider's API would refuse. */
  #api({ url, headers }: FakeRequest): FakeAnswer | undefined {
    const { tokenIn, needsUserAgent } = this.facts;
    const bearer = headers.authorization?.replace(/^Bearer /, '');
    const token = (tokenIn === 'query' ? url.searchParams.get('access_token') : bearer) ?? '';
    if (tokenIn === 'query') this.#expect('Authorization', headers.authorization, undefined);
    if (needsUserAgent && !headers['user-agent']) return { status: 403, body: {} };
    return this.#accessTokens.has(token) ? undefined : { status: 401, body: {} };
  }

  #expect(what: string, found: unknown, wanted: unknown): void {
    if (found !== wanted) this.faults.push(`${what} is ${String(found)}, not ${String(wanted)}`);
  }
}

/** The folder that stands for an address: `/host/path`. */
function folderOf(address: string): string {
  const { host, pathname } = new URL(address);
  return `/${host}${pathname}`;
}
