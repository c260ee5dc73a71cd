import { Module } from '@nestjs/common';
import { ScopesModule } from '../scopes/scopes.module.js';
import { ClientRepository } from './client.repository.js';
import { ClientRegistry } from './client-registry.js';

/** Registered clients and the scopes that they may ask for. */
@Module({
  imports: [ScopesModule],
  providers: [ClientRepository, ClientRegistry],
  exports: [ScopesModule, ClientRepository, ClientRegistry],
})
export class ClientsModule {}
