import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuthModule } from './auth/auth.module.js';
import { RemoteApiModule } from './auth/remote-login/api/remote-api.module.js';
import { BootstrapModule } from './bootstrap/bootstrap.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { CommonModule } from './common/common.module.js';
import { checkOptions } from './common/config/check-options.js';
import { OptionsModule } from './common/config/options.module.js';
import { OwnDataSourceModule } from './common/database/own-data-source.js';
import { OneNestModule } from './common/extension/one-nest.module.js';
import { PortModule } from './common/extension/port.module.js';
import { OAuthErrorFilter } from './common/http/oauth-error.filter.js';
import {
  type GatehouseAsyncOptions,
  type GatehouseOptions,
  optionTree,
  replacementFaults,
} from './gatehouse.options.js';
import { OAuthServerModule } from './oauth-server/oauth-server.module.js';
import { PortalModule } from './portal/portal.module.js';
import { UiModule } from './ui/ui.module.js';
import { UsersModule } from './users/users.module.js';

/**
 * Both sides in one import, for an application that brings a TypeORM data source with our `migrations`. It closes no
 * handler of the application but those with `@RequireSignIn()` or `@RequireScopes()`, unless the option `guard` is `all`.
 */
@Module({})
export class GatehouseModule {
  /** Takes the tree of options. Throws a RangeError with all their faults, before anything is connected to. */
  static forRoot({ replace = [], dataSource, ...options }: GatehouseOptions): DynamicModule {
    checkOptions(optionTree, { ...options }, replacementFaults(replace));
    return GatehouseModule.forRootAsync({ useFactory: () => options, replace, dataSource });
  }

  /**
   * Takes the options from a factory, such as one that injects a ConfigService. They are checked once the factory has
   * answered.
   */
  static forRootAsync({ replace = [], dataSource, ...options }: GatehouseAsyncOptions): DynamicModule {
    return {
      module: GatehouseModule,
      global: true,
      imports: [
        OneNestModule,
        OptionsModule.forRootAsync({ ...options, tree: optionTree, faults: replacementFaults(replace) }),
        ...replace.map(([port, yours, imports]) => PortModule.replace(port, yours, imports)),
        OwnDataSourceModule.named(dataSource),
        CommonModule,
        UiModule,
        UsersModule,
        ClientsModule,
        AuthModule,
        RemoteApiModule.forInjected(),
        OAuthServerModule,
        PortalModule,
        BootstrapModule,
      ],
      providers: [{ provide: APP_FILTER, useClass: OAuthErrorFilter }],
      exports: [UsersModule, ClientsModule, OAuthServerModule],
    };
  }
}
