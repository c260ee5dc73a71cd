import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuthModule } from './auth/auth.module.js';
import type { LoginOptions } from './auth/login/login.options.js';
import { ClientsModule } from './clients/clients.module.js';
import { CommonModule } from './common/common.module.js';
import type { CommonOptions } from './common/common.options.js';
import { OAuthErrorFilter } from './common/errors/oauth-error.filter.js';
import { OAuthServerModule } from './oauth-server/oauth-server.module.js';
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
  /** Throws at boot with all that is wrong with the options, each with what to do about it. */
  static forRoot(options: GatehouseOptions): DynamicModule {
    return {
      module: GatehouseModule,
      imports: [
        CommonModule.forRoot(options),
        UiModule,
        UsersModule,
        ClientsModule,
        AuthModule.forRoot(options),
        OAuthServerModule,
      ],
      providers: [{ provide: APP_FILTER, useClass: OAuthErrorFilter }],
      exports: [UsersModule, ClientsModule, OAuthServerModule],
    };
  }
}
