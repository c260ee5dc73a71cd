import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../common/extension/metadata-source.js';
import { ScopeRegistry } from './scope-registry.js';

/** The scopes of this moment in the server metadata. */
@Injectable()
@MetadataSource()
export class ScopesMetadata implements MetadataSource {
  constructor(private readonly scopes: ScopeRegistry) {}

  metadata() {
    return { scopes_supported: this.scopes.names };
  }
}
