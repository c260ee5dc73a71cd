import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BootstrapLoader } from '../bootstrap/bootstrap-loader.js';
import { Paths } from '../common/http/paths.js';
import { AppModule } from './app.module.js';
import { bootstrapFaults } from './bootstrap/bootstrap-file.js';
import type { Environment } from './environment/environment.js';
import type { EnvironmentSettings } from './environment/environment-reader.js';
import { PrelinkedExpressAdapter } from './server/prelinked-express-adapter.js';
import { configureServer, serveBelow, serverOptions } from './server/server-settings.js';

/** Makes the Nest application of the server, which is not initialised yet. */
export async function createApplication(
  environment: Environment,
  { demo, logLevels, trustProxy }: EnvironmentSettings,
): Promise<NestExpressApplication> {
  const nest = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot(demo ? { ...environment, startPage: await demoModule() } : environment),
    new PrelinkedExpressAdapter(),
    { ...serverOptions, logger: logLevels, abortOnError: false },
  );
  configureServer(nest);
  serveBelow(nest, nest.get(Paths).issuerPath);
  nest.set('trust proxy', trustProxy);
  return nest;
}

/** Stores the data of the bootstrap file. Raises ConfigFaultsError for what is wrong with them. */
export async function loadBootstrap(nest: NestExpressApplication, { bootstrap }: EnvironmentSettings): Promise<void> {
  if (bootstrap === undefined) return;
  await nest.get(BootstrapLoader, { strict: false }).load(bootstrap.data, bootstrapFaults(bootstrap.file));
}

/** Imported late, here and below, so that a server without the demonstration loads none of it. */
async function demoModule(): Promise<Type> {
  return (await import('./demo/demo.module.js')).DemoModule;
}

/** The lines that a start prints about the demonstration. */
export async function tourOf(nest: NestExpressApplication): Promise<string[]> {
  const { DemoData } = await import('./demo/demo-data.js');
  const { demoTour } = await import('./demo/demo-tour.js');
  return demoTour(nest.get(DemoData, { strict: false }), nest.get(Paths));
}
