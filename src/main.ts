#!/usr/bin/env node
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { banner } from './app/cli/banner.js';
import { CommandError } from './app/cli/command.error.js';
import { configReport } from './app/cli/config-report.js';
import { stopOnSignals } from './app/cli/stop-signals.js';
import { EmbeddedPostgresError } from './app/database/embedded-postgres.error.js';
import { readEnvironmentFiles } from './app/environment/environment-files.js';
import { readEnvironment } from './app/environment/environment-reader.js';
import { ConfigFaultsError } from './common/config/config-fault.js';
import { DeafConnectionError } from './common/database/deaf-connection.error.js';
import { MissingTablesError } from './common/database/missing-tables.error.js';
import { PoolerError } from './common/database/pooler.js';
import { EarlyRotationError } from './oauth-server/keys/early-rotation.error.js';
import { SealedSigningKeyError } from './oauth-server/keys/sealed-signing-key.error.js';

const USAGE = [
  ['gatehouse', 'starts the server'],
  ['gatehouse --check-config', 'prints the settings, or all that is wrong with them, and starts nothing'],
] as const;

try {
  const options = { 'check-config': { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    process.stdout.write(await usage());
  } else {
    const variables = readEnvironmentFiles(process.cwd(), process.env);
    const settings = await readEnvironment(variables);
    if (values['check-config']) {
      process.stdout.write(configReport(settings, variables));
    } else if (positionals.length > 0) {
      const { runCommand } = await import('./app/cli/commands.js');
      process.stdout.write(await runCommand(positionals, settings));
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
  process.stderr.write(`${await messageOf(error as Error)}\n`);
  process.exit(1);
}

/** What the operator can mend is said without a stack trace. */
async function messageOf(error: Error): Promise<string> {
  const operators = [
    CommandError,
    EarlyRotationError,
    MissingTablesError,
    PoolerError,
    DeafConnectionError,
    ConfigFaultsError,
    EmbeddedPostgresError,
    SealedSigningKeyError,
  ];
  const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
  if (isUsage) return `${error.message}\n\n${await usage()}`;
  return operators.some((type) => error instanceof type) ? error.message : (error.stack ?? error.message);
}

/** Every way to call the program; commands are imported late, with all that they need. */
async function usage(): Promise<string> {
  const { COMMAND_LINES } = await import('./app/cli/commands.js');
  return [...USAGE, ...COMMAND_LINES].map(([call, summary]) => `${call.padEnd(30)}${summary}\n`).join('');
}
