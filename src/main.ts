#!/usr/bin/env node
import 'reflect-metadata';
import { EmbeddedPostgresError } from './app/database/embedded-postgres.error.js';
import { EnvironmentFaultsError } from './app/environment-faults.error.js';
import { readEnvironmentFiles } from './app/environment-files.js';
import { readEnvironment } from './app/environment-reader.js';
import { readSecretFiles } from './app/environment-secrets.js';
import { GatehouseServer } from './app/gatehouse-server.js';

try {
  const secrets = readSecretFiles(readEnvironmentFiles(process.cwd(), process.env));
  const { settings, faults } = readEnvironment(secrets.variables);
  if (secrets.faults.length + faults.length > 0) throw new EnvironmentFaultsError([...secrets.faults, ...faults]);
  const server = await GatehouseServer.start(settings);
  process.stdout.write(`Gatehouse is ready at ${server.issuer} after ${Math.round(performance.now())} ms.\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.stop().then(() => process.exit()));
} catch (error) {
  const known = error instanceof EnvironmentFaultsError || error instanceof EmbeddedPostgresError;
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
