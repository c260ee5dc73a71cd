import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import type { DatabaseConnection } from '../common/database/database-connection.js';
import { AppModule } from './app.module.js';
import { DataFolder } from './data-folder.js';
import { EmbeddedPostgres } from './database/embedded-postgres.js';
import { migrate } from './database/migrate.js';
import { EnvironmentFaultsError } from './environment-faults.error.js';
import type { EnvironmentSettings } from './environment-reader.js';
import { PortReservation } from './port-reservation.js';
import { PrelinkedExpressAdapter } from './prelinked-express-adapter.js';
import { configureServer, serverOptions } from './server-settings.js';

/** The runnable server: database, migrations, application and port, started and stopped in order. */
export class GatehouseServer {
  private constructor(
    readonly issuer: string,
    readonly port: number,
    private readonly nest: NestExpressApplication,
    private readonly postgres: EmbeddedPostgres | undefined,
  ) {}

  /** Raises EnvironmentFaultsError or EmbeddedPostgresError where the surroundings are to blame. */
  static async start(settings: EnvironmentSettings): Promise<GatehouseServer> {
    const reservation = await reservePort(settings);
    const { port } = reservation;
    const issuer = settings.issuer ?? `http://localhost:${port}`;
    const dataFolder = new DataFolder(settings.dataFolder);
    const secretKeys = settings.secretKeys ?? dataFolder.secretKeys();
    const postgres =
      settings.database === 'embedded' ? await EmbeddedPostgres.start({ dataFolder: dataFolder.postgres }) : undefined;
    try {
      const database = postgres?.connection ?? (settings.database as DatabaseConnection);
      await migrateReachable(database);
      const nest = await NestFactory.create<NestExpressApplication>(
        AppModule.forRoot({ issuer, secretKeys, database }),
        new PrelinkedExpressAdapter(),
        { ...serverOptions, logger: settings.logLevels, abortOnError: false },
      );
      configureServer(nest);
      await nest.init();
      await reservation.release();
      await nest.listen(port);
      return new GatehouseServer(issuer, port, nest, postgres);
    } catch (error) {
      await postgres?.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.nest.close();
    await this.postgres?.stop();
  }
}

/** With an issuer of its own the port is fixed, for whoever forwards to it would miss another one. */
async function reservePort({ port, issuer, production }: EnvironmentSettings): Promise<PortReservation> {
  try {
    return await PortReservation.take(port, { orNext: issuer === undefined && !production });
  } catch (error) {
    const problem = `is ${port}, on which this process cannot listen: ${(error as Error).message}.`;
    throw new EnvironmentFaultsError([{ name: 'PORT', problem, fix: 'Stop what listens there, or set another port.' }]);
  }
}

async function migrateReachable(database: DatabaseConnection): Promise<void> {
  const dataSource = new DataSource(dataSourceOptions(database));
  try {
    await migrate(dataSource);
  } catch (error) {
    if ((error as { query?: string }).query !== undefined) throw error;
    const problem = `names a database that cannot be used: ${(error as Error).message || (error as { code?: string }).code}.`;
    const fix = 'Start PostgreSQL there, or correct host, user, password or database name.';
    throw new EnvironmentFaultsError([{ name: 'DATABASE_URL', problem, fix }]);
  }
}
