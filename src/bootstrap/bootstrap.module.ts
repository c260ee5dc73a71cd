import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { AuthorizeModule } from '../oauth-server/authorization-endpoint/authorize.module.js';
import { UsersModule } from '../users/users.module.js';
import { BootstrapLoader } from './bootstrap-loader.js';
import { BootstrapUsers } from './bootstrap-users.js';
import { BootstrapWarnings } from './bootstrap-warnings.js';
import { OptionsLoader } from './options-loader.js';

/** Stores end users, clients and scopes of a bootstrap file, of the options or of the demonstration. */
@Module({
  imports: [AuthorizeModule, ClientsModule, UsersModule],
  providers: [OptionsLoader, BootstrapLoader, BootstrapUsers, BootstrapWarnings],
  exports: [BootstrapLoader],
})
export class BootstrapModule {}
