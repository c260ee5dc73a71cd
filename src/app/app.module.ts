import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import { BootstrapModule } from '../bootstrap/bootstrap.module.js';
import { ROUTES } from '../common/http/routes.js';
import { GatehouseModule } from '../gatehouse.module.js';
import type { GatehouseOptions } from '../gatehouse.options.js';
import type { Environment } from './environment/environment.js';
import { ErrorDocsModule } from './error-docs/error-docs.module.js';
import { HealthModule } from './health/health.module.js';
import { HomeModule } from './home/home.module.js';
import { AnyErrorFilter } from './server/any-error.filter.js';

/** The runnable server: what every application imports, and what only a server of its own needs. */
@Module({})
export class AppModule {
  /** The whole server for one environment, with further modules beside it and further options. */
  static forRoot(
    environment: Environment,
    extensions: ModuleMetadata['imports'] = [],
    options: Partial<GatehouseOptions> = {},
  ): DynamicModule {
    const {
      issuer,
      secretKeys,
      database,
      databaseSchema: schema,
      databaseLimits: limits,
      databaseOptions,
      remoteApps: apps = [],
      homeUrl,
      startPage,
      options: fromVariables,
    } = environment;
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRoot(
          dataSourceOptions(database, schema, { limits, isPooled: databaseOptions?.pooler === 'transaction' }),
        ),
        GatehouseModule.forRoot({
          ...(databaseOptions && { database: databaseOptions }),
          guard: 'all',
          errors: { uri: issuer + ROUTES.errorDocs.replace(':code', '{code}') },
          ...fromVariables,
          ...options,
          issuer,
          secretKeys,
          schema,
          login: { apps },
        }),
        BootstrapModule,
        ErrorDocsModule,
        HealthModule,
        startPage ?? HomeModule.forRoot(homeUrl),
        ...extensions,
      ],
      providers: [{ provide: APP_FILTER, useClass: AnyErrorFilter }],
    };
  }
}
