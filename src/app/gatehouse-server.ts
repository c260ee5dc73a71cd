import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ConfigFaultsError } from '../common/config/config-fault.js';
import { Issuer } from '../common/config/issuer.js';
import { Paths } from '../common/http/paths.js';
import { AppModule } from './app.module.js';
import { BootstrapLoader } from './bootstrap/bootstrap-loader.js';
import { ServerDatabase } from './database/server-database.js';
import { DataFolder } from './environment/data-folder.js';
import type { Environment } from './environment/environment.js';
import type { EnvironmentSettings } from './environment/environment-reader.js';
import { ServerState } from './health/server-state.js';
import { drain } from './server/drain.js';
import { PortReservation } from './server/port-reservation.js';
import { PrelinkedExpressAdapter } from './server/prelinked-express-adapter.js';
import { configureServer, serverOptions } from './server/server-settings.js';

/** The runnable server: database, migrations, application and port, started and stopped in order. */
export class GatehouseServer {
  private constructor(
    readonly issuer: Issuer,
    readonly port: number,
    /** What a start prints of the demonstration, a line each, with its secrets; empty without DEMO. */
    readonly tour: readonly string[],
    private readonly nest: NestExpressApplication,
    private readonly database: ServerDatabase,
  ) {}

  /** Raises ConfigFaultsError, EmbeddedPostgresError or SealedSigningKeyError where the surroundings are to blame. */
  static async start(settings: EnvironmentSettings): Promise<GatehouseServer> {
    const undo: (() => Promise<unknown>)[] = [];
    try {
      const reservation = await reservePort(settings);
      undo.unshift(() => reservation.release());
      const { port } = reservation;
      const issuer = settings.issuer ?? `http://localhost:${port}`;
      const dataFolder = new DataFolder(settings.dataFolder);
      const secretKeys = settings.secretKeys ?? dataFolder.secretKeys();
      const { databaseSchema, homeUrl, remoteApps } = settings;
      const database = await ServerDatabase.start(settings.database, databaseSchema, dataFolder.postgres);
      undo.unshift(() => database.stop());
      const nest = await createApplication(
        { issuer, secretKeys, database: database.connection, databaseSchema, homeUrl, remoteApps },
        settings,
      );
      undo.unshift(() => nest.close());
      if (database.notice) new Logger('Database').warn(database.notice);
      await nest.init();
      const loader = nest.get(BootstrapLoader, { strict: false });
      if (settings.bootstrap) await loader.load(settings.bootstrap.data, settings.bootstrap.file);
      const tour = settings.demo ? await tourOf(nest) : [];
      await reservation.release();
      await nest.listen(port);
      return new GatehouseServer(nest.get(Issuer), port, tour, nest, database);
    } catch (error) {
      for (const close of undo) await close();
      throw error;
    }
  }

  /** Turns /health/ready to 503, then closes the port, and the rest once every request has its answer. */
  async stop({ drainSeconds }: { drainSeconds: number }): Promise<void> {
    this.nest.get(ServerState, { strict: false }).isDraining = true;
    await delay(drainSeconds * 1000);
    await drain(this.nest.getHttpServer() as Server);
    await this.nest.close();
    await this.database.stop();
  }
}

/** With an issuer of its own the port is fixed, for whoever forwards to it would miss another one. */
async function reservePort({ port, issuer, production }: EnvironmentSettings): Promise<PortReservation> {
  try {
    return await PortReservation.take(port, { orNext: issuer === undefined && !production });
  } catch (error) {
    const problem = `is ${port}, on which this process cannot listen: ${(error as Error).message}`;
    throw new ConfigFaultsError([{ name: 'PORT', problem, fix: 'stop what listens there, or set another port' }]);
  }
}

async function createApplication(
  environment: Environment,
  { demo, logLevels, trustProxy }: EnvironmentSettings,
): Promise<NestExpressApplication> {
  const nest = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(demo ? { ...environment, startPage: await demoModule() } : environment),
    new PrelinkedExpressAdapter(),
    { ...serverOptions, logger: logLevels, abortOnError: false },
  );
  configureServer(nest);
  nest.set('trust proxy', trustProxy);
  return nest;
}

/** Imported late, here and below, so that a server without the demonstration loads none of it. */
async function demoModule(): Promise<Type> {
  return (await import('./demo/demo.module.js')).DemoModule;
}

async function tourOf(nest: NestExpressApplication): Promise<string[]> {
  const { DemoData } = await import('./demo/demo-data.js');
  const { demoTour } = await import('./demo/demo-tour.js');
  return demoTour(nest.get(DemoData, { strict: false }), nest.get(Paths));
}
