import { Module } from '@nestjs/common';
import { ScopeRegistry } from './scope-registry.js';

/** The scopes that clients may ask for. */
@Module({
  providers: [ScopeRegistry],
  exports: [ScopeRegistry],
})
export class ScopesModule {}
