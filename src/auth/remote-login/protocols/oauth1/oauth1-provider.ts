import { randomText } from '../../../../common/crypto/random-token.js';
import type { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import type { Clock } from '../../../../common/time/clock.js';
import { epochSeconds } from '../../../../common/time/instant.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import { LoginFailure } from '../../login-failure.js';
import { mapClaims } from '../../profile/map-claims.js';
import type { RemoteProfile } from '../../profile/remote-identity.js';
import type { RemoteRequest } from '../../remote-request.js';
import type { Members } from '../../settings/compliance-hooks.js';
import { mended } from '../../settings/compliance-hooks.js';
import type { OAuth1RemoteApp } from './oauth1-app.js';
import { bodyHashOf, encode, type Parameter, signatureBaseString, signatureOf } from './signature.js';

const FORM = 'application/x-www-form-urlencoded';

/** Credentials with their shared secret: temporary ones or a token's (RFC 5849 section 1.1); undefined before any. */
export type Credentials = Pick<RemoteTokens, 'accessToken' | 'tokenSecret'> | undefined;

/** An answer of the provider: its status, and the members of a form-encoded or JSON body. */
export interface OAuth1Answer {
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;
}

/** Signs and makes the calls to a provider of OAuth 1.0a. A call that brings no answer raises OutgoingFetchError. */
export class OAuth1Provider {
  constructor(
    private readonly app: OAuth1RemoteApp,
    private readonly outgoing: OutgoingFetch,
    private readonly clock: Clock,
  ) {}

  /** A request with the parameters of the protocol on it, where the settings want them (RFC 5849 sections 3.1 and 3.5). */
  sign(request: RemoteRequest, credentials: Credentials, more: readonly Parameter[] = []): RemoteRequest {
    const { signatureMethod: method, clientSecret, rsaKey } = this.app;
    const url = new URL(request.url);
    const isForm = contentTypeOf(request) === FORM;
    const form = isForm ? [...new URLSearchParams(request.body)] : [];
    const bodyHash = request.body === undefined || isForm ? undefined : bodyHashOf(request.body, method);
    const unsigned: Parameter[] = [
      ['oauth_consumer_key', this.app.clientId],
      ...(credentials ? [['oauth_token', credentials.accessToken] as const] : []),
      ['oauth_signature_method', method],
      ['oauth_timestamp', String(epochSeconds(this.clock.now()))],
      ['oauth_nonce', randomText()],
      ['oauth_version', '1.0'],
      ...more,
      ...(bodyHash ? [['oauth_body_hash', bodyHash] as const] : []),
    ];
    const baseString = signatureBaseString(request.method, url, [...unsigned, ...form]);
    const tokenSecret = credentials?.tokenSecret ?? '';
    const signature = signatureOf(baseString, { method, clientSecret, tokenSecret, rsaKey });
    return this.#place(request, url, isForm, [...unsigned, ['oauth_signature', signature]]);
  }

  /** Sends a signed POST of further parameters: the two requests of sections 2.1 and 2.3. */
  post(url: string, credentials: Credentials, parameters: object, more: readonly Parameter[]): Promise<OAuth1Answer> {
    const body = new URLSearchParams({ ...parameters }).toString();
    const request = { method: 'POST', url, headers: { 'content-type': FORM }, body };
    return this.send(this.sign(request, credentials, more));
  }

  /**
   * What user info says about the end user of token credentials, or what was said with these where the provider has no
   * user info; never a mixture of the two. Raises LoginFailure (profile_unusable).
   */
  async profile(tokens: RemoteTokens, attempt: LoginAttempt, said: Members = {}): Promise<RemoteProfile> {
    const { userinfoUrl: url, profile, authorizeUrl, issuer = authorizeUrl, compliance } = this.app;
    const request = url && this.sign({ method: 'GET', url, headers: { accept: 'application/json' } }, tokens);
    const answer = request && (await this.send(compliance?.protectedRequest?.(request) ?? request));
    if (answer && answer.status >= 300) {
      throw new LoginFailure('profile_unusable', attempt, `user info: HTTP ${answer.status}`);
    }
    const told = answer
      ? mended(compliance?.userinfoResponse, answer.members, (problem) => {
          throw new LoginFailure('profile_unusable', attempt, `user info: ${problem}`);
        })
      : said;
    return { issuer, claims: mapClaims(told, profile.claims), tokens };
  }

  /** Sends a request that is signed already. */
  async send({ url, ...request }: RemoteRequest): Promise<OAuth1Answer> {
    const answer = await this.outgoing.fetch(url, request, this.app.isPrivate);
    return { status: answer.status, members: membersOf(await answer.text()) };
  }

  #place(request: RemoteRequest, url: URL, isForm: boolean, parameters: readonly Parameter[]): RemoteRequest {
    const { signatureType, realm } = this.app;
    const encoded = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`);
    if (signatureType === 'body' && isForm) {
      return { ...request, body: [request.body, ...encoded].filter(Boolean).join('&') };
    }
    if (signatureType === 'query') {
      url.search = [url.search.slice(1), ...encoded].filter(Boolean).join('&');
      return { ...request, url: url.href };
    }
    const quoted = parameters.map(([name, value]) => `${encode(name)}="${encode(value)}"`);
    const fields = realm === undefined ? quoted : [`realm="${realm.replaceAll(/["\\]/g, '\\$&')}"`, ...quoted];
    return { ...request, headers: { ...request.headers, authorization: `OAuth ${fields.join(', ')}` } };
  }
}

function contentTypeOf({ headers }: RemoteRequest): string | undefined {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return value?.split(';', 1)[0]?.trim().toLowerCase();
}

/** Providers send forms (RFC 5849 section 2.1) under any content type, and some of them JSON. */
function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
