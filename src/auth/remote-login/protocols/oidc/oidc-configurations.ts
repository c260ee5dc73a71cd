import { Injectable } from '@nestjs/common';
import type { JSONWebKeySet } from 'jose';
import type { ClientAuth, Configuration, CustomFetchOptions, ServerMetadata } from 'openid-client';
import { DatabaseClock } from '../../../../common/database/database-clock.js';
import { BoundedCache } from '../../../../common/memory/bounded-cache.js';
import { OutgoingFetch, type OutgoingRequest } from '../../../../common/outgoing/outgoing-fetch.js';
import { parseUrl } from '../../../../common/url/parse-url.js';
import { clientCredentials } from '../oauth2/client-authentication/client-credentials.js';
import { regularTokenResponse } from '../oauth2/token-response.js';
import type { OidcRemoteApp } from './oidc-app.js';
import { OtherIssuerError } from './oidc-fault.js';
import { ProviderKeys } from './provider-keys.js';

/** Endpoints that a sign-in cannot do without (OpenID Connect Discovery section 3). */
const NEEDED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;
const MAX_CACHED = 100;
const MAX_AGE_MILLISECONDS = 3_600_000;
/** What openid-client takes as one clock; it tolerates 30 seconds besides. */
const SKEW_STEP_SECONDS = 5;

/** The discovered configuration and the keys of one provider. */
export interface DiscoveredProvider {
  readonly configuration: Configuration;
  readonly keys: ProviderKeys;
}

/**
 * Discovers OpenID Connect providers (OpenID Connect Discovery), each at most once an hour. openid-client is loaded with
 * the first of them, since a server without any can do without.
 */
@Injectable()
export class OidcConfigurations {
  readonly #discovered = new BoundedCache<string, Promise<DiscoveredProvider>>(MAX_CACHED, MAX_AGE_MILLISECONDS);

  constructor(
    private readonly outgoing: OutgoingFetch,
    private readonly clock: DatabaseClock,
  ) {}

  /** Parallel requests share one discovery, and a failed one is forgotten. Raises what openid-client raises. */
  discover(app: OidcRemoteApp): Promise<DiscoveredProvider> {
    const skewSeconds = -Math.round(this.clock.aheadSeconds / SKEW_STEP_SECONDS) * SKEW_STEP_SECONDS;
    const key = `${app.name} ${skewSeconds}`;
    const known = this.#discovered.get(key);
    if (known !== undefined) return known;
    const discovered = this.#ask(app, skewSeconds);
    this.#discovered.set(key, discovered);
    discovered.catch(() => this.#discovered.delete(key));
    return discovered;
  }

  /** openid-client reads the wall clock of this machine, and is told how far that is off. */
  async #ask(app: OidcRemoteApp, skewSeconds: number): Promise<DiscoveredProvider> {
    const { allowInsecureRequests, clockSkew, customFetch, discovery } = await import('openid-client');
    const address = new URL(app.serverMetadataUrl ?? app.issuer);
    const configuration = await discovery(
      address,
      app.clientId,
      {
        [clockSkew]: skewSeconds,
        ...(app.idTokenAlgorithm && { id_token_signed_response_alg: app.idTokenAlgorithm }),
      },
      this.#authentication(app),
      {
        [customFetch]: (url: string, options: CustomFetchOptions) => this.#fetch(url, requestOf(options), app),
        execute: address.protocol === 'http:' ? [allowInsecureRequests] : [],
        timeout: this.outgoing.timeLimitSeconds,
      },
    );
    const metadata = configuration.serverMetadata();
    // openid-client compares the issuer only where it made the address of the metadata itself.
    if (app.serverMetadataUrl !== undefined && metadata.issuer !== app.issuer)
      throw new OtherIssuerError(metadata.issuer);
    const missing = NEEDED.filter((endpoint) => parseUrl(metadata[endpoint] ?? '') === undefined);
    if (missing.length > 0) throw new TypeError(`it gives no URL for ${missing.join(', ')}`);
    return { configuration, keys: new ProviderKeys(() => this.#readKeys(metadata.jwks_uri ?? '', app)) };
  }

  /** One way for all protocols to prove who this client is; openid-client waits for it. */
  #authentication(app: OidcRemoteApp): ClientAuth {
    const authenticate = async (as: ServerMetadata, _client: unknown, body: URLSearchParams, headers: Headers) => {
      const occasion = { tokenUrl: as.token_endpoint ?? '', issuer: as.issuer, now: this.clock.now() };
      const proof = await clientCredentials(app, occasion);
      for (const [name, value] of Object.entries(proof.headers)) headers.set(name, value);
      for (const [name, value] of Object.entries(proof.fields)) body.set(name, value);
    };
    return authenticate;
  }

  /** The answer of a POST is that of the token endpoint, which providers bend most. */
  async #fetch(url: string, request: OutgoingRequest, app: OidcRemoteApp): Promise<Response> {
    const answer = await this.outgoing.fetch(url, request, app.isPrivate);
    return request.method === 'POST' ? regularTokenResponse(answer, app.compliance?.accessTokenResponse) : answer;
  }

  async #readKeys(address: string, app: OidcRemoteApp): Promise<JSONWebKeySet> {
    const answer = await this.outgoing.fetch(address, { headers: { accept: 'application/json' } }, app.isPrivate);
    if (!answer.ok) throw new TypeError(`HTTP ${answer.status} for the provider's keys`);
    return (await answer.json()) as JSONWebKeySet;
  }
}

function requestOf({ method, headers, body }: CustomFetchOptions): OutgoingRequest {
  return { method, headers, ...(body === undefined || body === null ? {} : { body: String(body) }) };
}
