import { type DynamicModule, Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';

/** DI token of the TypeORM data source that our statements run on: the default one, or that of the option `dataSource`. */
export const OWN_DATA_SOURCE = Symbol('OwnDataSource');

/** The application has no data source of the name that the option says: it cannot start. */
export class MissingDataSourceError extends Error {
  override readonly name = 'MissingDataSourceError';

  /** Takes the name of the option; undefined for the default data source. */
  constructor(dataSource: string | undefined) {
    super(
      dataSource === undefined
        ? 'Gatehouse finds no TypeORM data source. Import TypeOrmModule.forRoot({ type: "postgres", … }) beside ' +
            'GatehouseModule, or set the option dataSource to the name of one that has a name.'
        : `Gatehouse finds no TypeORM data source of the name "${dataSource}", which the option dataSource says. Import ` +
            `TypeOrmModule.forRoot({ name: "${dataSource}", … }) beside GatehouseModule, or correct the option.`,
    );
  }
}

/** Finds the data source of the application by its name. */
@Module({})
export class OwnDataSourceModule {
  /** Takes the name of the data source; undefined for the default one. */
  static named(name: string | undefined): DynamicModule {
    return {
      module: OwnDataSourceModule,
      global: true,
      providers: [
        {
          provide: OWN_DATA_SOURCE,
          useFactory: (dataSource?: DataSource): DataSource => {
            if (dataSource === undefined) throw new MissingDataSourceError(name);
            return dataSource;
          },
          inject: [{ token: getDataSourceToken(name), optional: true }],
        },
      ],
      exports: [OWN_DATA_SOURCE],
    };
  }
}
