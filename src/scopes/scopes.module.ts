import { Module } from '@nestjs/common';
import { ScopeRegistry } from './scope-registry.js';
import { Scopes } from './scopes.js';
import { ScopesMetadata } from './scopes.metadata.js';

/** The scopes that clients may ask for. */
@Module({
  providers: [ScopesMetadata, ScopeRegistry, Scopes],
  exports: [ScopeRegistry, Scopes],
})
export class ScopesModule {}
