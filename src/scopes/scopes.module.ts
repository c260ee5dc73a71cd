import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ScopeEntity } from './scope.entity.js';
import { ScopeRegistry } from './scope-registry.js';

/** The scopes that clients may ask for. */
@Module({
  imports: [TypeOrmModule.forFeature([ScopeEntity])],
  providers: [ScopeRegistry],
  exports: [ScopeRegistry],
})
export class ScopesModule {}
