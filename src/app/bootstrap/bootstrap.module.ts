import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { AuthorizeModule } from '../../oauth-server/authorization-endpoint/authorize.module.js';
import { UsersModule } from '../../users/users.module.js';
import { BootstrapLoader } from './bootstrap-loader.js';
import { BootstrapPeople } from './bootstrap-people.js';
import { BootstrapWarnings } from './bootstrap-warnings.js';

/** People, clients and scopes that a start brings along. */
@Module({
  imports: [AuthorizeModule, ClientsModule, UsersModule],
  providers: [BootstrapLoader, BootstrapPeople, BootstrapWarnings],
  exports: [BootstrapLoader],
})
export class BootstrapModule {}
