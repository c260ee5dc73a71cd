import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../../common/extension/metadata-source.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthMethod } from '../client-authentication/client-authentication.js';

/** The revocation endpoint in the server metadata, and how clients authenticate there. */
@Injectable()
@MetadataSource()
export class RevocationMetadata implements MetadataSource {
  readonly #authMethods: Registry<unknown>;

  constructor(
    private readonly paths: Paths,
    registries: Registries,
  ) {
    this.#authMethods = registries.of(ClientAuthMethod);
  }

  metadata() {
    return {
      revocation_endpoint: this.paths.url(ROUTES.revoke),
      revocation_endpoint_auth_methods_supported: this.#authMethods.names,
    };
  }
}
