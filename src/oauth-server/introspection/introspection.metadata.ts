import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../../common/extension/metadata-source.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthMethod } from '../client-authentication/client-authentication.js';

/**
 * The introspection endpoint in the server metadata. The method `none` is left out, because a client that proves
 * nothing may not ask there (RFC 7662 section 2.1).
 */
@Injectable()
@MetadataSource()
export class IntrospectionMetadata implements MetadataSource {
  readonly #authMethods: Registry<unknown>;

  constructor(
    private readonly paths: Paths,
    registries: Registries,
  ) {
    this.#authMethods = registries.of(ClientAuthMethod);
  }

  metadata() {
    return {
      introspection_endpoint: this.paths.url(ROUTES.introspect),
      introspection_endpoint_auth_methods_supported: this.#authMethods.names.filter((method) => method !== 'none'),
    };
  }
}
