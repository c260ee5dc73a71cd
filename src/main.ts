#!/usr/bin/env node
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { banner } from './app/cli/banner.js';
import { configReport } from './app/cli/config-report.js';
import { stopOnSignals } from './app/cli/stop-signals.js';
import { EmbeddedPostgresError } from './app/database/embedded-postgres.error.js';
import { readEnvironmentFiles } from './app/environment/environment-files.js';
import { readEnvironment } from './app/environment/environment-reader.js';
import { ConfigFaultsError } from './common/config/config-fault.js';
import { DeafConnectionError } from './common/database/deaf-connection.error.js';
import { PoolerError } from './common/database/pooler.js';
import { SealedSigningKeyError } from './oauth-server/keys/sealed-signing-key.error.js';

const USAGE = `gatehouse                 starts the server
gatehouse --check-config  prints the settings, or all that is wrong with them, and starts nothing
`;

try {
  const { values } = parseArgs({ options: { 'check-config': { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    process.stdout.write(USAGE);
  } else {
    const variables = readEnvironmentFiles(process.cwd(), process.env);
    const settings = await readEnvironment(variables);
    if (values['check-config']) {
      process.stdout.write(configReport(settings, variables));
    } else {
      // Imported late, so that a fault in the settings is told without loading Nest and TypeORM.
      const { GatehouseServer } = await import('./app/gatehouse-server.js');
      let stop = async () => true;
      stopOnSignals(() => stop());
      const server = await GatehouseServer.start(settings);
      stop = () => server.stop(settings);
      process.stdout.write(banner(server, settings, performance.now()));
    }
  }
} catch (error) {
  process.stderr.write(`${messageOf(error as Error)}\n`);
  process.exit(1);
}

/** What the operator can mend is said without a stack trace. */
function messageOf(error: Error): string {
  const operators = [PoolerError, DeafConnectionError, ConfigFaultsError, EmbeddedPostgresError, SealedSigningKeyError];
  const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
  if (isUsage) return `${error.message}\n\n${USAGE}`;
  return operators.some((type) => error instanceof type) ? error.message : (error.stack ?? error.message);
}
