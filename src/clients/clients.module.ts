import { Module } from '@nestjs/common';
import { ScopesModule } from '../scopes/scopes.module.js';
import { ClientRegistrar } from './client-registrar.js';
import { ClientRegistry, ClientRepository } from './client-registry.js';
import { ClientMetadataExtensions } from './metadata/client-metadata-extensions.js';

/** Registered clients and the scopes that they may ask for. */
@Module({
  imports: [ScopesModule],
  providers: [ClientMetadataExtensions, ClientRegistrar, ClientRegistry, ClientRepository],
  exports: [ScopesModule, ClientMetadataExtensions, ClientRegistrar, ClientRegistry, ClientRepository],
})
export class ClientsModule {}
