import { Module } from '@nestjs/common';
import { ScopesModule } from '../scopes/scopes.module.js';
import { ClientRecords } from './client-records.js';
import { ClientRegistry, ClientRepository } from './client-registry.js';
import { Clients } from './clients.js';
import { DeclaredClients } from './declared-clients.js';
import { ClientMetadataExtensions } from './metadata/client-metadata-extensions.js';
import { RegistrationRules } from './metadata/registration-rules.js';
import { SecretUses } from './secret-uses.js';

/** Registered clients and the scopes that they may ask for. */
@Module({
  imports: [ScopesModule],
  providers: [
    ClientMetadataExtensions,
    ClientRecords,
    ClientRegistry,
    ClientRepository,
    Clients,
    DeclaredClients,
    RegistrationRules,
    SecretUses,
  ],
  exports: [
    ScopesModule,
    ClientMetadataExtensions,
    ClientRegistry,
    ClientRepository,
    Clients,
    DeclaredClients,
    RegistrationRules,
  ],
})
export class ClientsModule {}
