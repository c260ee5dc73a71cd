import { Injectable } from '@nestjs/common';
import type { ClientRegistration } from '../../clients/metadata/client-registration.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { ResponseType } from '../../oauth-server/authorization-endpoint/response-types/response-type.js';
import { GrantType } from '../../oauth-server/token-endpoint/grant.js';

const SHORT_SECRET_CHARACTERS = 32;

/** What is allowed in a client and yet should make its owner think. */
@Injectable()
export class BootstrapWarnings {
  readonly #grantTypes: Registry<unknown>;
  readonly #responseTypes: Registry<unknown>;

  constructor(registries: Registries) {
    this.#grantTypes = registries.of(GrantType);
    this.#responseTypes = registries.of(ResponseType);
  }

  /** One sentence for each. */
  about({ clientId, metadata, secrets }: ClientRegistration): string[] {
    const warnings: string[] = [];
    if (metadata.grant_types.includes('implicit'))
      warnings.push('lists implicit: tokens travel in URLs; prefer authorization_code with PKCE (RFC 9700 2.1.2)');
    if (metadata.grant_types.includes('password'))
      warnings.push('lists password: it sees the passwords of end users; prefer authorization_code (RFC 9700 2.4)');
    if (metadata.code_challenge_methods.includes('plain'))
      warnings.push('lists the code challenge method plain, which protects nothing once a request is read');
    if (secrets.some(({ length }) => length < SHORT_SECRET_CHARACTERS))
      warnings.push(`has a secret of under ${SHORT_SECRET_CHARACTERS} characters; make it a random one`);
    for (const name of off(metadata.grant_types, [...this.#grantTypes.names, 'implicit']))
      warnings.push(`lists the grant type ${name}, which is not on here`);
    for (const name of off(metadata.response_types, this.#responseTypes.names))
      warnings.push(`lists the response type ${name}, which is not on here`);
    return warnings.map((warning) => `Client "${clientId}" ${warning}.`);
  }
}

function off(listed: readonly string[], on: readonly string[]): readonly string[] {
  return listed.filter((name) => !on.includes(name));
}
