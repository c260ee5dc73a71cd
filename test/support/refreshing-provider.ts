import { randomUUID } from 'node:crypto';
import type { FakeOidcProvider } from './fake-oidc-provider.js';
import type { FakeAnswer } from './fake-server.js';

/** Adds to a provider an API, and refresh tokens that rotate and of which a reuse ends everything (RFC 9700 4.14.2). */
export class RefreshingProvider {
  /** How many refreshes reached the provider. */
  refreshes = 0;
  /** How often a spent refresh token came back. */
  reuses = 0;
  /** What the token endpoint answers to a refresh in place of tokens. */
  refusal: (() => FakeAnswer | Promise<FakeAnswer>) | undefined;
  /** For how long a token lives, as the provider says; everything under a minute is over at once. */
  lifetimeSeconds = 3600;
  readonly #accessTokens = new Set<string>();
  #refreshToken = '';

  constructor(private readonly provider: FakeOidcProvider) {
    const { routes } = provider.server;
    const signIn = routes.get('/token');
    routes.set('/token', async (request) => {
      if (request.form.get('grant_type') === 'refresh_token')
        return this.#refresh(request.form.get('refresh_token') ?? '');
      const answer = (await signIn?.(request)) as FakeAnswer;
      return { ...answer, body: { ...(answer.body as object), ...this.#tokens(30) } };
    });
    routes.set('/api/me', ({ headers }) => {
      const token = headers.authorization?.replace('Bearer ', '') ?? '';
      return this.#accessTokens.has(token) ? { body: { name: 'Of the API' } } : { status: 401, body: {} };
    });
  }

  /** Has the provider take no access token any more that it has given so far. */
  revokeAccessTokens(): void {
    this.#accessTokens.clear();
  }

  /** Has exchanged every refresh token, with answers that nobody got. */
  spendAll(): void {
    this.#refreshToken = randomUUID();
  }

  get settings() {
    return { ...this.provider.settings('corp'), apiBaseUrl: `${this.provider.issuer}/api` };
  }

  async #refresh(presented: string): Promise<FakeAnswer> {
    this.refreshes += 1;
    if (this.refusal !== undefined) return this.refusal();
    if (presented !== this.#refreshToken) {
      this.reuses += 1;
      this.#refreshToken = '';
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    await new Promise((resolve) => setImmediate(resolve));
    return { body: { token_type: 'Bearer', ...this.#tokens(this.lifetimeSeconds) } };
  }

  #tokens(expires_in: number) {
    const access_token = randomUUID();
    this.#accessTokens.add(access_token);
    this.#refreshToken = randomUUID();
    return { access_token, refresh_token: this.#refreshToken, expires_in };
  }
}
