import { Injectable } from '@nestjs/common';
import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetchOptions,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import { BoundedCache } from '../../../../common/memory/bounded-cache.js';
import { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import type { OidcRemoteApp } from './oidc-app.js';

/** Endpoints that a sign-in cannot do without (OpenID Connect Discovery section 3). */
const NEEDED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;
const MAX_CACHED = 100;
const MAX_AGE_MILLISECONDS = 3_600_000;

const CLIENT_AUTHENTICATION: Record<OidcRemoteApp['clientAuthentication'], (secret: string | undefined) => ClientAuth> =
  {
    client_secret_basic: ClientSecretBasic,
    client_secret_post: ClientSecretPost,
    none: None,
  };

/** What OpenID Connect providers say of themselves (OpenID Connect Discovery), asked for at most once an hour. */
@Injectable()
export class OidcConfigurations {
  readonly #discovered = new BoundedCache<string, Promise<Configuration>>(MAX_CACHED, MAX_AGE_MILLISECONDS);

  constructor(private readonly outgoing: OutgoingFetch) {}

  /** Parallel requests share one discovery, and a failed one is forgotten. Raises what openid-client raises. */
  discover(app: OidcRemoteApp): Promise<Configuration> {
    const known = this.#discovered.get(app.name);
    if (known !== undefined) return known;
    const discovered = this.#ask(app);
    this.#discovered.set(app.name, discovered);
    discovered.catch(() => this.#discovered.delete(app.name));
    return discovered;
  }

  /** The id_token's signature is checked even though it comes from the token endpoint over TLS. */
  async #ask(app: OidcRemoteApp): Promise<Configuration> {
    const issuer = new URL(app.issuer);
    const configuration = await discovery(
      issuer,
      app.clientId,
      undefined,
      CLIENT_AUTHENTICATION[app.clientAuthentication](app.clientSecret),
      {
        [customFetch]: (url, options) => this.outgoing.fetch(url, requestOf(options), app.isPrivate),
        execute: [enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : [])],
        timeout: this.outgoing.timeLimitSeconds,
      },
    );
    const metadata = configuration.serverMetadata();
    const missing = NEEDED.filter((endpoint) => !URL.canParse(metadata[endpoint] ?? ''));
    if (missing.length > 0) throw new TypeError(`it gives no URL for ${missing.join(', ')}`);
    return configuration;
  }
}

function requestOf({ method, headers, body }: CustomFetchOptions) {
  return { method, headers, ...(body === undefined || body === null ? {} : { body: String(body) }) };
}
