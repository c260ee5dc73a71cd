import { LoginRequiredError } from '../../../common/errors/openid.errors.js';
import { TemporarilyUnavailableError } from '../../../common/errors/rfc6749.errors.js';
import type { Registry } from '../../../common/extension/registries.js';
import { currentRequest } from '../../../common/http/current-request.js';
import type { OutgoingFetch } from '../../../common/outgoing/outgoing-fetch.js';
import { parseUrl } from '../../../common/url/parse-url.js';
import type {
  LinkedAccountOfEndUser,
  LinkedAccountRepository,
} from '../../../users/linked-account/linked-account.repository.js';
import type { RemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import type { EndUserSession } from '../../../users/session/end-user-session.js';
import { endUserIdOf } from '../../guards/end-user-of-request.js';
import type { LoginProtocolHandler } from '../protocols/login-protocol.js';
import type { RemoteApp } from '../remote-app.js';
import type { RemoteRequest } from '../remote-request.js';
import type { AppTokens } from './app-tokens.js';
import type { FreshTokens } from './fresh-tokens.js';

const RETRY_SECONDS = 5;

/** What a call to a provider's API sends besides its address: at most one of the three bodies. */
export interface RemoteCall {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** A body as it is, whose Content-Type stands among the headers. */
  readonly body?: string;
}

interface TokenSource {
  tokens(): Promise<RemoteTokens>;
  /** Other tokens, after the provider refused these with 401; undefined where there are no others. */
  insteadOf?(used: RemoteTokens): Promise<RemoteTokens | undefined>;
}

/** The parts of the login side that calls to providers need. */
export interface RemoteApiParts {
  readonly accounts: LinkedAccountRepository;
  readonly fresh: FreshTokens;
  readonly appTokens: AppTokens;
  readonly session: EndUserSession;
  readonly outgoing: OutgoingFetch;
  readonly protocols: Registry<LoginProtocolHandler>;
}

/** The calls that can be made with tokens, however these are come by. */
abstract class RemoteCalls {
  get(address: string, call?: RemoteCall): Promise<Response> {
    return this.request('GET', address, call);
  }

  post(address: string, call?: RemoteCall): Promise<Response> {
    return this.request('POST', address, call);
  }

  put(address: string, call?: RemoteCall): Promise<Response> {
    return this.request('PUT', address, call);
  }

  patch(address: string, call?: RemoteCall): Promise<Response> {
    return this.request('PATCH', address, call);
  }

  delete(address: string, call?: RemoteCall): Promise<Response> {
    return this.request('DELETE', address, call);
  }

  abstract request(method: string, address: string, call?: RemoteCall): Promise<Response>;
}

/**
 * The API of a remote app, called with the tokens of an end user's linked account: `github.as(userId).get('user')`, or
 * `github.get('user')` for the end user whom the request at hand speaks for. Addresses are absolute or relative to the
 * API base URL. Tokens go to no other hosts than the app names.
 */
export class RemoteApi extends RemoteCalls {
  constructor(
    private readonly app: () => RemoteApp,
    private readonly parts: RemoteApiParts,
  ) {
    super();
  }

  /** The name of the remote app. */
  get name(): string {
    return this.app().name;
  }

  /**
   * Calls with the tokens of an end user, refreshed where need be. With several accounts at the provider `account` is the
   * subject there; otherwise the one that was used last counts.
   */
  as(userId: string, { account }: { readonly account?: string } = {}): RemoteCaller {
    const app = this.app();
    const { accounts, fresh } = this.parts;
    let linked: Promise<LinkedAccountOfEndUser> | undefined;
    const find = () => {
      linked ??= accounts.ofEndUser(userId, app.name, account).then((found) => {
        if (found !== undefined) return found;
        throw fresh.reauthRequired(app, 'the end user has no account there');
      });
      return linked;
    };
    return this.#caller({
      tokens: async () => fresh.of(app, await find()),
      insteadOf: async (used) => (used.refreshToken ? fresh.insteadOf(app, await find(), used) : undefined),
    });
  }

  /** Calls with tokens of the app itself, without an end user (RFC 6749 section 4.4). */
  asApp(): RemoteCaller {
    const app = this.app();
    const { appTokens } = this.parts;
    return this.#caller({ tokens: () => appTokens.of(app), insteadOf: (used) => appTokens.insteadOf(app, used) });
  }

  /** Calls with tokens that the caller has from elsewhere, which are not refreshed. */
  withToken(tokens: RemoteTokens | string): RemoteCaller {
    return this.#caller({ tokens: async () => (typeof tokens === 'string' ? { accessToken: tokens } : tokens) });
  }

  /**
   * Calls with the tokens of the end user whom the request at hand speaks for. Works under every request of an
   * application that has an `@InjectRemote`. Raises LoginRequiredError where nobody is signed in; throws an Error outside
   * a request.
   */
  async request(method: string, address: string, call?: RemoteCall): Promise<Response> {
    const request = currentRequest();
    if (request === undefined) {
      throw new Error(`${this.name} was called outside a request with @InjectRemote; say whose tokens by .as(userId)`);
    }
    const userId = await endUserIdOf(request, this.parts.session);
    if (userId === undefined) throw new LoginRequiredError({ description: 'Nobody is signed in' });
    return this.as(userId).request(method, address, call);
  }

  #caller(source: TokenSource): RemoteCaller {
    return new RemoteCaller(this.app(), source, this.parts);
  }
}

/**
 * Makes calls with one set of tokens. Each gives the provider's answer, whatever its status, and raises LoginFailure
 * (reauth_required) where the end user has to sign in there again, and TemporarilyUnavailableError where there is no
 * answer or fresh tokens cannot be had just now.
 */
export class RemoteCaller extends RemoteCalls {
  constructor(
    private readonly app: RemoteApp,
    private readonly source: TokenSource,
    private readonly parts: RemoteApiParts,
  ) {
    super();
  }

  /** Throws an Error for an address whose host the app does not name, before anything is sent. */
  async request(method: string, address: string, call: RemoteCall = {}): Promise<Response> {
    const request = requestOf(method, this.#urlOf(address), call);
    const tokens = await this.source.tokens();
    const answer = await this.#send(request, tokens);
    const others = answer.status === 401 ? await this.source.insteadOf?.(tokens) : undefined;
    return others === undefined ? answer : this.#send(request, others);
  }

  async #send(request: RemoteRequest, tokens: RemoteTokens): Promise<Response> {
    const { app } = this;
    const protocol = this.parts.protocols.find(app.protocol);
    if (protocol?.authorize === undefined) throw new Error(`The protocol ${app.protocol} of ${app.name} calls no API`);
    const authorized = await protocol.authorize(app, tokens, request);
    const { url, ...signed } = app.compliance?.protectedRequest?.(authorized) ?? authorized;
    return this.parts.outgoing.fetch(url, signed, app.isPrivate).catch((error: Error) => {
      const description = `${app.label} does not answer just now; try again in a moment`;
      throw new TemporarilyUnavailableError({
        description,
        detail: `${app.name}: ${error.message}`,
        retryAfterSeconds: RETRY_SECONDS,
      });
    });
  }

  #urlOf(address: string): URL {
    const { apiBaseUrl, apiHosts = [], name } = this.app;
    if (parseUrl(address, apiBaseUrl) === undefined)
      throw new Error(`${name} has no API base URL to which "${address}" is relative`);
    const url = new URL(address, apiBaseUrl);
    if (apiHosts.includes(url.host)) return url;
    throw new Error(
      `Tokens of ${name} are for ${apiHosts.join(', ') || 'no host'}, not for ${url.host}; see the setting apiHosts`,
    );
  }
}

function requestOf(
  method: string,
  url: URL,
  { query = {}, headers = {}, json, form, body }: RemoteCall,
): RemoteRequest {
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const accept = { accept: 'application/json' };
  if (json !== undefined) {
    return {
      method,
      url: url.href,
      headers: { ...accept, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(json),
    };
  }
  if (form !== undefined) {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return {
      method,
      url: url.href,
      headers: { ...accept, ...type, ...headers },
      body: new URLSearchParams(form).toString(),
    };
  }
  return { method, url: url.href, headers: { ...accept, ...headers }, ...(body !== undefined && { body }) };
}
