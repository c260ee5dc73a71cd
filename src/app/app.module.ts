import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import { AuthModule } from '../auth/auth.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { CommonModule } from '../common/common.module.js';
import { OAuthErrorFilter } from '../common/errors/oauth-error.filter.js';
import { OAuthServerModule } from '../oauth-server/oauth-server.module.js';
import { UiModule } from '../ui/ui.module.js';
import { UsersModule } from '../users/users.module.js';
import { BootstrapModule } from './bootstrap/bootstrap.module.js';
import { DemoModule } from './demo/demo.module.js';
import type { Environment } from './environment.js';
import { HealthModule } from './health/health.module.js';
import { PlaygroundModule } from './playground/playground.module.js';

/** The composition root: the only place that names both sides. */
@Module({})
export class AppModule {
  /** The whole server for one environment, with further modules beside it. */
  static forRoot(environment: Environment, extensions: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRoot(dataSourceOptions(environment.database)),
        CommonModule.forRoot({ issuer: environment.issuer, secretKeys: environment.secretKeys }),
        UiModule,
        UsersModule,
        ClientsModule,
        AuthModule.forRoot({ apps: environment.remoteApps ?? [] }),
        OAuthServerModule,
        BootstrapModule,
        HealthModule,
        DemoModule,
        PlaygroundModule,
        ...extensions,
      ],
      providers: [{ provide: APP_FILTER, useClass: OAuthErrorFilter }],
    };
  }
}
