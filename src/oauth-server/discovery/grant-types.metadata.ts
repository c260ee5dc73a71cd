import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../../common/extension/metadata-source.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { handsOutToken, ResponseTypes } from '../authorization-endpoint/response-types/response-types.js';
import { GrantType } from '../token-endpoint/grant.js';

/**
 * The grant types in the server metadata: those of the token endpoint, and `implicit` where the authorization endpoint
 * gives out a token by itself (RFC 7591 section 2.1).
 */
@Injectable()
@MetadataSource()
export class GrantTypesMetadata implements MetadataSource {
  readonly #grants: Registry<unknown>;

  constructor(
    registries: Registries,
    private readonly responseTypes: ResponseTypes,
  ) {
    this.#grants = registries.of(GrantType);
  }

  metadata() {
    const implicit = this.responseTypes.names.some(handsOutToken) ? ['implicit'] : [];
    return { grant_types_supported: [...this.#grants.names, ...implicit] };
  }
}
