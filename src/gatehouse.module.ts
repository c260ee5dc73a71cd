import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuthModule } from './auth/auth.module.js';
import { RemoteApiModule } from './auth/remote-login/api/remote-api.module.js';
import { LoginModule } from './auth/remote-login/login.module.js';
import { SignInModule } from './auth/sign-in/sign-in.module.js';
import { BootstrapModule } from './bootstrap/bootstrap.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { CommonModule } from './common/common.module.js';
import { checkOptions } from './common/config/check-options.js';
import { OptionsModule } from './common/config/options.module.js';
import { OwnDataSourceModule } from './common/database/own-data-source.js';
import { OneNestModule } from './common/extension/one-nest.module.js';
import { PortModule } from './common/extension/port.module.js';
import { BasePathModule } from './common/http/base-path.module.js';
import { OAuthErrorFilter } from './common/http/oauth-error.filter.js';
import { builtOfFaults, type GatehouseAsyncOptions, type GatehouseOptions, optionTree } from './gatehouse.options.js';
import { AuthorizeModule } from './oauth-server/authorization-endpoint/authorize.module.js';
import { DiscoveryModule } from './oauth-server/discovery/discovery.module.js';
import { IntrospectionModule } from './oauth-server/introspection/introspection.module.js';
import { OAuthServerModule } from './oauth-server/oauth-server.module.js';
import { RevocationModule } from './oauth-server/revocation/revocation.module.js';
import { TokenModule } from './oauth-server/token-endpoint/token.module.js';
import { UserinfoModule } from './oauth-server/userinfo/userinfo.module.js';
import { PortalModule } from './portal/portal.module.js';
import { UiModule } from './ui/ui.module.js';
import { UsersModule } from './users/users.module.js';

/** The modules with routes of ours. */
const ROUTED = [
  AuthorizeModule,
  DiscoveryModule,
  IntrospectionModule,
  LoginModule,
  PortalModule,
  RevocationModule,
  SignInModule,
  TokenModule,
  UiModule,
  UserinfoModule,
];

/**
 * Both sides in one import, for an application that brings a TypeORM data source with our `migrations`. It closes no
 * handler of the application but those with `@RequireSignIn()` or `@RequireScopes()`, unless the option `guard` is `all`.
 */
@Module({})
export class GatehouseModule {
  /** Takes the tree of options. Throws a RangeError with all their faults, before anything is connected to. */
  static forRoot({ replace, dataSource, basePath, ...options }: GatehouseOptions): DynamicModule {
    const builtOf = { replace: replace ?? [], dataSource, basePath };
    checkOptions(optionTree, { ...options }, builtOfFaults(builtOf));
    return GatehouseModule.forRootAsync({ useFactory: () => options, ...builtOf });
  }

  /**
   * Takes the options from a factory, such as one that injects a ConfigService. They are checked once the factory has
   * answered.
   */
  static forRootAsync({ replace = [], dataSource, basePath, ...options }: GatehouseAsyncOptions): DynamicModule {
    const faults = builtOfFaults({ replace, basePath });
    return {
      module: GatehouseModule,
      global: true,
      imports: [
        OneNestModule,
        OptionsModule.forRootAsync({ ...options, tree: optionTree, faults }),
        BasePathModule.at(basePath, ROUTED),
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
