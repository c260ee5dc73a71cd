import { type ConfigurableModuleAsyncOptions, type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuthModule } from './auth/auth.module.js';
import type { LoginOptions } from './auth/remote-login/login.options.js';
import { ClientsModule } from './clients/clients.module.js';
import { CommonModule } from './common/common.module.js';
import type { CommonOptions } from './common/config/common.options.js';
import { OAuthErrorFilter } from './common/errors/oauth-error.filter.js';
import { OAuthServerModule } from './oauth-server/oauth-server.module.js';
import { PortalModule } from './portal/portal.module.js';
import { UiModule } from './ui/ui.module.js';
import { UsersModule } from './users/users.module.js';

/** What an application says of itself: its issuer and key ring, and the providers to sign in at. */
export type GatehouseOptions = CommonOptions & LoginOptions;

/**
 * Both sides in one import, for an application that brings a TypeORM data source with our `entities` and `migrations`.
 * Its session guard closes every route of the application that is neither public nor guarded by access token.
 */
@Module({})
export class GatehouseModule {
  /** Throws at boot for options that are wrong, with what to do about each. */
  static forRoot(options: GatehouseOptions): DynamicModule {
    return withOptions(CommonModule.forRoot(options), AuthModule.forRoot(options));
  }

  /** The same, with options from a factory such as one that injects a ConfigService; it is called more than once. */
  static forRootAsync(options: ConfigurableModuleAsyncOptions<GatehouseOptions>): DynamicModule {
    return withOptions(CommonModule.forRootAsync(options), AuthModule.forRootAsync(options));
  }
}

function withOptions(common: DynamicModule, auth: DynamicModule): DynamicModule {
  return {
    module: GatehouseModule,
    imports: [common, UiModule, UsersModule, ClientsModule, auth, OAuthServerModule, PortalModule],
    providers: [{ provide: APP_FILTER, useClass: OAuthErrorFilter }],
    exports: [UsersModule, ClientsModule, OAuthServerModule],
  };
}
