import { Injectable } from '@nestjs/common';
import type { ClientRegistration } from '../../clients/metadata/client-registration.js';
import { DecoratedProviders, type NameClaim } from '../../common/extension/decorated-providers.js';
import { RESPONSE_TYPE } from '../../oauth-server/authorization-endpoint/response-types/response-type.js';
import { GRANT_TYPE } from '../../oauth-server/token-endpoint/grant.js';

const SHORT_SECRET_CHARACTERS = 32;

/** What is allowed in a client and yet should make its owner think. */
@Injectable()
export class BootstrapWarnings {
  constructor(private readonly providers: DecoratedProviders) {}

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
    for (const name of this.#off(metadata.grant_types, GRANT_TYPE, 'implicit'))
      warnings.push(`lists the grant type ${name}, which is not on here`);
    for (const name of this.#off(metadata.response_types, RESPONSE_TYPE))
      warnings.push(`lists the response type ${name}, which is not on here`);
    return warnings.map((warning) => `Client "${clientId}" ${warning}.`);
  }

  #off(listed: readonly string[], key: string, ...besides: string[]): readonly string[] {
    const on = this.providers.with<NameClaim>(key).map(({ meta }) => meta.name);
    return listed.filter((name) => !on.includes(name) && !besides.includes(name));
  }
}
