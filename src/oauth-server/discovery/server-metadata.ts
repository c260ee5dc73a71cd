import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Issuer } from '../../common/config/issuer.js';
import { Registries } from '../../common/extension/registries.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { ScopeRegistry } from '../../scopes/scope-registry.js';
import { ResponseMode } from '../authorization-endpoint/response-modes/response-mode.js';
import { handsOutToken, ResponseType } from '../authorization-endpoint/response-types/response-type.js';
import { PROMPTS } from '../authorization-endpoint/steps/check-prompt.step.js';
import { SCOPE_CLAIMS } from '../claims/scope-claims.js';
import { ClientAuthMethod } from '../client-authentication/client-auth-method.js';
import { SIGNING_ALGORITHMS } from '../keys/signing-algorithm.js';
import { GrantType } from '../token-endpoint/grant.js';

const ID_TOKEN_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'amr', 'sid'];

/**
 * What this server does, for RFC 8414 section 2 and OpenID Connect Discovery section 3. Whatever a module adds through
 * a door (a grant type, a response type …) is in it, and nothing that is off.
 */
@Injectable()
export class ServerMetadata implements OnApplicationBootstrap {
  #fromModules: Readonly<Record<string, readonly string[]>> = {};

  constructor(
    private readonly issuer: Issuer,
    private readonly paths: Paths,
    private readonly scopes: ScopeRegistry,
    private readonly registries: Registries,
  ) {}

  onApplicationBootstrap(): void {
    const responseTypes = this.registries.of(ResponseType).names;
    const authMethods = this.registries.of(ClientAuthMethod).names;
    this.#fromModules = {
      response_types_supported: responseTypes,
      response_modes_supported: this.registries.of(ResponseMode).names,
      grant_types_supported: [
        ...this.registries.of(GrantType).names,
        ...(responseTypes.some(handsOutToken) ? ['implicit'] : []),
      ],
      token_endpoint_auth_methods_supported: authMethods,
      revocation_endpoint_auth_methods_supported: authMethods,
      introspection_endpoint_auth_methods_supported: authMethods.filter((method) => method !== 'none'),
    };
  }

  /** The metadata document of this moment. */
  document(): object {
    return {
      issuer: this.issuer.url,
      authorization_endpoint: this.paths.url(ROUTES.authorize),
      token_endpoint: this.paths.url(ROUTES.token),
      userinfo_endpoint: this.paths.url(ROUTES.userinfo),
      jwks_uri: this.paths.url(ROUTES.jwks),
      revocation_endpoint: this.paths.url(ROUTES.revoke),
      introspection_endpoint: this.paths.url(ROUTES.introspect),
      scopes_supported: this.scopes.names,
      claims_supported: [...ID_TOKEN_CLAIMS, ...Object.values(SCOPE_CLAIMS).flat()],
      ...this.#fromModules,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: SIGNING_ALGORITHMS,
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: PROMPTS,
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    };
  }
}
