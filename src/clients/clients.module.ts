import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientRepository } from './client.repository.js';
import { ClientRegistry } from './client-registry.js';
import { ScopeEntity } from './scope.entity.js';
import { ScopeRegistry } from './scope-registry.js';

/** Registered clients and the scopes that they may ask for. */
@Module({
  imports: [TypeOrmModule.forFeature([ScopeEntity])],
  providers: [ClientRepository, ClientRegistry, ScopeRegistry],
  exports: [ClientRepository, ClientRegistry, ScopeRegistry],
})
export class ClientsModule {}
