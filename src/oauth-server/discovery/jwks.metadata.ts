import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../../common/extension/metadata-source.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';

/** The address of the public keys in the server metadata. */
@Injectable()
@MetadataSource()
export class JwksMetadata implements MetadataSource {
  constructor(private readonly paths: Paths) {}

  metadata() {
    return { jwks_uri: this.paths.url(ROUTES.jwks) };
  }
}
