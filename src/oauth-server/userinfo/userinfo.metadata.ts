import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../../common/extension/metadata-source.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';

/** The userinfo endpoint in the server metadata. */
@Injectable()
@MetadataSource()
export class UserinfoMetadata implements MetadataSource {
  constructor(private readonly paths: Paths) {}

  metadata() {
    return { userinfo_endpoint: this.paths.url(ROUTES.userinfo) };
  }
}
