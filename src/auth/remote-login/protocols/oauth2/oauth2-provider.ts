import { parseUrl } from '../../../../common/url/parse-url.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { StandardClaims } from '../../../../users/user/user.js';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import { LoginFailure, quoted } from '../../login-failure.js';
import { mapClaims } from '../../profile/map-claims.js';
import type { ExtraCall } from '../../profile/profile-map.js';
import { withAccessToken } from '../../remote-request.js';
import { type Members, mended } from '../../settings/compliance-hooks.js';
import type { OAuth2RemoteApp } from './oauth2-app.js';
import { postAsClient, type TokenRequestParts } from './token-requests.js';
import { readTokenResponse } from './token-response.js';

/** How many pages of a further call are read at most. */
const MAX_PAGES = 10;

/** A JSON answer of the API. */
interface Answered {
  readonly body: object;
  readonly link: string | null;
}

/**
 * The calls to a plain OAuth 2 provider that stand behind one sign-in: token endpoint, user info, further API. A call
 * that brings no answer raises OutgoingFetchError.
 */
export class OAuth2Provider {
  /** `attempt` is the sign-in that the failures belong to. */
  constructor(
    private readonly app: OAuth2RemoteApp,
    private readonly attempt: LoginAttempt,
    private readonly parts: TokenRequestParts,
  ) {}

  /** Redeems a code (RFC 6749 section 4.1.3). Raises LoginFailure (token_refused) with the provider's own code. */
  async redeem(code: string, parameters: Readonly<Record<string, string>>): Promise<RemoteTokens> {
    const { app } = this;
    const form = { ...app.accessTokenParams, ...parameters, code };
    const answer = await postAsClient(app, app.accessTokenUrl, form, this.parts, app.compliance?.accessTokenRequest);
    const text = await answer.text();
    const response = readTokenResponse(text, this.parts.clock.now(), app.compliance?.accessTokenResponse);
    if ('tokens' in response) return { ...response.tokens, ...membersOf(app.userinfoUrl, response.members) };
    const { error = `HTTP ${answer.status} without a token`, description } = response;
    const detail = `token endpoint: ${quoted(error)} ${quoted(description)}`;
    throw new LoginFailure('token_refused', this.attempt, detail, { providerCode: error });
  }

  /** The provider's user info about the end user, as standard claims. Raises LoginFailure (profile_unusable). */
  async claims(tokens: RemoteTokens): Promise<StandardClaims> {
    const { userinfoUrl, userinfoMethod, apiBaseUrl, profile, compliance } = this.app;
    const url = userinfoUrl.replaceAll(PLACE, (_, name: string) => encodeURIComponent(tokens.members?.[name] ?? ''));
    const userinfo = (await this.#ask(userinfoMethod, url, tokens))?.body;
    if (userinfo === undefined) throw this.#unusable('it was refused');
    const told = mended(compliance?.userinfoResponse, userinfo as Members, (problem) => {
      throw this.#unusable(problem);
    });
    const claims = { ...mapClaims(told, profile.claims) };
    for (const call of profile.extraCalls ?? []) Object.assign(claims, await this.#more(call, apiBaseUrl, tokens));
    return claims;
  }

  /** The claims of a further call, whose pages are read until one gives some. Pages elsewhere than at the API are not. */
  async #more({ url, read }: ExtraCall, base: string | undefined, tokens: RemoteTokens): Promise<StandardClaims> {
    const { host } = new URL(url, base);
    let next: string | undefined = new URL(url, base).href;
    for (let page = 0; next !== undefined && new URL(next).host === host && page < MAX_PAGES; page += 1) {
      const answer: Answered | undefined = await this.#ask('GET', next, tokens);
      if (answer === undefined) return {};
      const claims = mended<Members>(read, answer.body as Members, (problem) => {
        throw this.#unusable(problem);
      });
      if (Object.keys(claims).length > 0) return claims;
      next = nextPageOf(answer, next);
    }
    return {};
  }

  /**
   * The JSON answer of an API call; undefined when the provider refuses the call, for example because the end user
   * unticked the scope that the call needs.
   */
  async #ask(method: string, url: string, tokens: RemoteTokens): Promise<Answered | undefined> {
    const request = { method, url, headers: { accept: 'application/json' } };
    const placed = withAccessToken(request, tokens, this.app.tokenPlacement);
    const { url: address, ...call } = this.app.compliance?.protectedRequest?.(placed) ?? placed;
    const answer = await this.parts.outgoing.fetch(address, call, this.app.isPrivate);
    if (answer.status >= 400 && answer.status < 500) return undefined;
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok && typeof body === 'object' && body !== null) return { body, link: answer.headers.get('link') };
    throw this.#unusable(`HTTP ${answer.status} without a JSON object`);
  }

  #unusable(problem: string): LoginFailure {
    return new LoginFailure('profile_unusable', this.attempt, `user info: ${problem}`);
  }
}

/** The next page of an answer (RFC 8288 section 3); undefined for the last. */
function nextPageOf({ body, link }: Answered, current: string): string | undefined {
  const { next } = body as { readonly next?: unknown };
  const linked = /<([^>]*)>\s*;[^,]*\brel="?next\b/.exec(link ?? '')?.[1];
  const address = linked ?? (typeof next === 'string' ? next : undefined);
  return address === undefined ? undefined : parseUrl(address, current)?.href;
}

/** A name in braces in the address of user info. */
const PLACE = /\{(\w+)\}/g;

/** The members of the token response that an address names, as text. */
function membersOf(address: string, members: Members): Pick<RemoteTokens, 'members'> {
  const names = Array.from(address.matchAll(PLACE), ([, name = '']) => name);
  if (names.length === 0) return {};
  const named = names.map((name) => [name, members[name]] as const);
  const known = named.filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return { members: Object.fromEntries(known.map(([name, value]) => [name, String(value)])) };
}
