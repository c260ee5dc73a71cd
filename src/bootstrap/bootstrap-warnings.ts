import { Injectable } from '@nestjs/common';
import type { ClientRegistration } from '../clients/metadata/client-registration.js';
import { Registries, type Registry } from '../common/extension/registries.js';
import { ResponseTypes } from '../oauth-server/authorization-endpoint/response-types/response-types.js';
import { GrantType } from '../oauth-server/token-endpoint/grant.js';

const SHORT_SECRET_CHARACTERS = 32;

/** Warns of what is allowed in a client and yet unsafe, such as a short secret or the implicit grant. */
@Injectable()
export class BootstrapWarnings {
  readonly #grantTypes: Registry<unknown>;

  constructor(
    registries: Registries,
    private readonly responseTypes: ResponseTypes,
  ) {
    this.#grantTypes = registries.of(GrantType);
  }

  /** One sentence for each thing that the owner of the client should look at. */
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
    const grantTypes = [...this.#grantTypes.names, 'implicit'];
    for (const name of metadata.grant_types.filter((listed) => !grantTypes.includes(listed)))
      warnings.push(`lists the grant type ${name}, which is not on here`);
    for (const name of metadata.response_types.filter((listed) => this.responseTypes.find(listed) === undefined))
      warnings.push(`lists the response type ${name}, which is not on here`);
    return warnings.map((warning) => `Client "${clientId}" ${warning}.`);
  }
}
