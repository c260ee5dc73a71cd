import { Strategy } from 'passport';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import { LoginFailure, quoted } from '../../login-failure.js';
import type { OAuth1RemoteApp } from './oauth1-app.js';
import type { OAuth1Answer, OAuth1Provider } from './oauth1-provider.js';

/** What the problem reporting extension calls a refusal of the end user's. */
const DENIED: ReadonlySet<unknown> = new Set(['user_refused', 'permission_denied']);

/**
 * Signs in at a provider of OAuth 1.0a (RFC 5849 section 2). The temporary credentials name the flow: their identifier
 * comes back with the end user, and their secret is remembered for this browser alone, so that an answer which another
 * browser asked for finds none. That matters most where RSA signs, since the secret then takes no part in a signature.
 */
export class OAuth1Strategy extends Strategy {
  constructor(
    private readonly exchange: LoginExchange<OAuth1RemoteApp>,
    private readonly provider: OAuth1Provider,
  ) {
    super();
  }

  override authenticate(): void {
    const { answer } = this.exchange;
    const done = answer === undefined ? this.#start() : this.#finish(answer);
    done.catch((error: unknown) => this.error(error));
  }

  /** Gets temporary credentials and sends the end user on with them (sections 2.1 and 2.2). */
  async #start(): Promise<void> {
    const { app, callbackUrl } = this.exchange;
    const callback = [['oauth_callback', callbackUrl]] as const;
    const answer = await this.provider.post(app.requestTokenUrl, undefined, app.requestTokenParams, callback);
    const { accessToken, tokenSecret = '' } = this.#credentialsOf(answer, 'temporary credentials');
    if (![true, 'true'].includes(answer.members.oauth_callback_confirmed as string | boolean)) {
      throw this.#refused('temporary credentials: the callback is not confirmed, so the provider has OAuth 1.0 alone');
    }
    await this.exchange.begin(accessToken, { tokenSecret });
    const url = new URL(app.authorizeUrl);
    for (const [name, value] of Object.entries(app.authorizeParams)) url.searchParams.set(name, value);
    url.searchParams.set('oauth_token', accessToken);
    this.redirect(url.href);
  }

  /** Trades the verifier in for token credentials (section 2.3), and reads who they are for. */
  async #finish({ parameters, secrets }: NonNullable<LoginExchange['answer']>): Promise<void> {
    const { app } = this.exchange;
    const problem = parameters.get('oauth_problem') ?? parameters.get('error');
    if (parameters.get('denied') !== undefined || DENIED.has(problem) || problem === 'access_denied') {
      throw new LoginFailure('access_denied', this.exchange, quoted(problem ?? 'denied'));
    }
    if (problem !== undefined) {
      throw new LoginFailure('authorization_refused', this.exchange, quoted(problem), { providerCode: problem });
    }
    const accessToken = parameters.get('oauth_token');
    const verifier = parameters.get('oauth_verifier');
    if (accessToken === undefined || verifier === undefined) {
      throw new LoginFailure('answer_incomplete', this.exchange, 'there is no oauth_verifier');
    }
    const temporary = { accessToken, tokenSecret: secrets.tokenSecret };
    const answer = await this.provider.post(app.accessTokenUrl, temporary, app.accessTokenParams, [
      ['oauth_verifier', verifier],
    ]);
    const tokens = this.#credentialsOf(answer, 'token credentials');
    const { oauth_token: _, oauth_token_secret: __, ...said } = answer.members;
    this.success(await this.provider.profile(tokens, this.exchange, said));
  }

  #credentialsOf({ status, members }: OAuth1Answer, what: string): RemoteTokens {
    const { oauth_token: accessToken, oauth_token_secret: tokenSecret } = members;
    if (status < 300 && isCredential(accessToken) && accessToken !== '' && isCredential(tokenSecret)) {
      return { accessToken, tokenSecret };
    }
    const problem = members.oauth_problem ?? members.error;
    const code = typeof problem === 'string' && problem !== '' ? problem : `HTTP ${status} without credentials`;
    throw this.#refused(`${what}: ${quoted(code)}`, code);
  }

  #refused(detail: string, providerCode = 'an answer that is not of OAuth 1.0a'): LoginFailure {
    return new LoginFailure('token_refused', this.exchange, detail, { providerCode });
  }
}

/** What fits into an address and a header: the end user carries the one, and requests carry the other. */
const MAX_CREDENTIAL_LENGTH = 4000;

function isCredential(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_CREDENTIAL_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(value);
}
