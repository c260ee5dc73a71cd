import type { IDToken } from 'openid-client';
import { Strategy } from 'passport';
import type { FormParameters } from '../../../../common/http/form-parameters.js';
import type { Clock } from '../../../../common/time/clock.js';
import { epochSeconds } from '../../../../common/time/instant.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { StandardClaims } from '../../../../users/user/user.js';
import type { FlowSecrets, LoginExchange } from '../../flow/login-exchange.js';
import { LoginFailure, quoted } from '../../login-failure.js';
import type { RemoteProfile } from '../../profile/remote-identity.js';
import { checkAuthorizationResponse } from '../oauth2/check-authorization-response.js';
import { tokensOf } from '../oauth2/token-response.js';
import type { OidcRemoteApp } from './oidc-app.js';
import type { DiscoveredProvider, OidcConfigurations } from './oidc-configurations.js';
import { discoveryFault, signatureFault, tokenFault } from './oidc-fault.js';
import type { ProviderKeys } from './provider-keys.js';
import { userInfoOf } from './user-info.js';

/**
 * Signs in at an OpenID Connect provider (OpenID Connect Core section 3.1); openid-client is the relying party. The
 * id_token's signature is checked even though it comes from the token endpoint over TLS. Who signs in is named by `iss`
 * and `sub` of the id_token (sections 2 and 5.7), since one configuration may serve many tenants, each an issuer.
 */
export class OidcStrategy extends Strategy {
  constructor(
    private readonly exchange: LoginExchange<OidcRemoteApp>,
    private readonly configurations: OidcConfigurations,
    private readonly clock: Clock,
  ) {
    super();
  }

  override authenticate(): void {
    const { answer } = this.exchange;
    const done = answer === undefined ? this.#start() : this.#finish(answer.parameters, answer.secrets);
    done.catch((error: unknown) => this.error(error));
  }

  async #start(): Promise<void> {
    const { app, callbackUrl, mustProveAgain, scopes = app.scopes } = this.exchange;
    const { configuration } = await this.#provider();
    const openid = await import('openid-client');
    const state = openid.randomState();
    const nonce = app.nonce ? openid.randomNonce() : undefined;
    const verifier = app.pkce ? openid.randomPKCECodeVerifier() : undefined;
    const challenge = verifier && (await openid.calculatePKCECodeChallenge(verifier));
    await this.exchange.begin(state, {
      ...(nonce && { nonce }),
      ...(verifier && { verifier }),
      ...(mustProveAgain && { provenSince: String(epochSeconds(this.clock.now())) }),
    });
    const url = openid.buildAuthorizationUrl(configuration, {
      ...app.authorizeParams,
      redirect_uri: callbackUrl,
      scope: scopes.join(' '),
      state,
      ...(nonce && { nonce }),
      ...(challenge && { code_challenge: challenge, code_challenge_method: 'S256' }),
      ...(mustProveAgain && { prompt: 'login', max_age: '0' }),
      ...(app.responseMode !== 'query' && { response_mode: app.responseMode }),
    });
    this.redirect(url.href);
  }

  async #finish(parameters: FormParameters, { nonce, verifier, provenSince }: FlowSecrets): Promise<void> {
    const { configuration, keys } = await this.#provider();
    const { issuer, authorization_response_iss_parameter_supported: isAnnounced = false } =
      configuration.serverMetadata();
    checkAuthorizationResponse(this.exchange, { issuer, isAnnounced }, parameters);
    const currentUrl = new URL(this.exchange.callbackUrl);
    currentUrl.search = new URLSearchParams([...parameters.entries()]).toString();
    // openid-client would compare the issuer of a tenant with the one that stands for all; it is compared above and below.
    if (parameters.get('iss') !== undefined) currentUrl.searchParams.set('iss', issuer);
    const { authorizationCodeGrant } = await import('openid-client');
    const response = await authorizationCodeGrant(configuration, currentUrl, {
      expectedState: parameters.required('state'),
      ...(nonce && { expectedNonce: nonce }),
      ...(verifier && { pkceCodeVerifier: verifier }),
      idTokenExpected: true,
    }).catch(async (error: unknown) => {
      throw await tokenFault(this.exchange, error);
    });
    await this.#verify(response.id_token ?? '', keys).catch((error: unknown) => {
      throw signatureFault(this.exchange, error);
    });
    const claims = response.claims() as IDToken;
    const tokens = tokensOf({ ...response }, this.clock.now()) as RemoteTokens;
    // Where user info is refused, the id_token is all there is.
    const more = await userInfoOf(this.exchange, configuration, tokens.accessToken, claims.sub);
    if (provenSince !== undefined && !isAtLeast(claims.auth_time, Number(provenSince))) {
      throw new LoginFailure('not_proven_again', this.exchange, `auth_time is ${quoted(String(claims.auth_time))}`);
    }
    const iss = parameters.get('iss');
    if (iss !== undefined && iss !== claims.iss) {
      throw new LoginFailure(
        'issuer_mismatch',
        this.exchange,
        `iss is ${quoted(iss)}, and ${quoted(claims.iss)} in the id_token`,
      );
    }
    const profile: RemoteProfile = {
      issuer: claims.iss,
      claims: { ...postedName(parameters), ...claims, ...more, auth_time: claims.auth_time },
      tokens,
    };
    this.success(profile);
  }

  #provider(): Promise<DiscoveredProvider> {
    return this.configurations.discover(this.exchange.app).catch((error: unknown) => {
      throw discoveryFault(this.exchange, error);
    });
  }

  /** Checks a signature, by the client secret where the algorithm is HS256 (section 10.1). */
  async #verify(idToken: string, keys: ProviderKeys): Promise<void> {
    const { idTokenAlgorithm, clientSecret = '' } = this.exchange.app;
    if (idTokenAlgorithm !== 'HS256') return keys.verify(idToken);
    const { compactVerify } = await import('jose');
    await compactVerify(idToken, Buffer.from(clientSecret), { algorithms: [idTokenAlgorithm] });
  }
}

/**
 * The name that Apple posts beside the code, `{"name":{"firstName":"…","lastName":"…"}}`, the first time that somebody
 * signs in, and never again. Nobody vouches for it, as for any name that an end user chooses.
 */
function postedName(parameters: FormParameters): StandardClaims {
  const { name } = parseObject(parameters.get('user'));
  const { firstName: given_name, lastName: family_name } =
    typeof name === 'object' && name !== null ? (name as Record<string, unknown>) : {};
  const parts = [given_name, family_name].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? {} : { given_name, family_name, name: parts.join(' ') };
}

function parseObject(json: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** How many seconds the provider's clock may be behind ours; openid-client tolerates as many. */
const TOLERANCE_SECONDS = 30;

/** True for an `auth_time` that is no earlier (OpenID Connect Core section 2). */
function isAtLeast(authTime: unknown, since: number): boolean {
  return typeof authTime === 'number' && authTime >= since - TOLERANCE_SECONDS;
}
