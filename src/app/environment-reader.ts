import type { LogLevel } from '@nestjs/common';
import type { ConfigFault } from '../common/config-fault.js';
import type { DatabaseConnection } from '../common/database/database-connection.js';
import type { Variables } from './environment-files.js';
import {
  parseDatabase,
  parseIssuer,
  parseLogLevels,
  parsePort,
  parseSecretKeys,
  parseSwitch,
  parseTrustProxy,
} from './environment-values.js';

/** What the environment variables say; what they leave open is decided at the start. */
export interface EnvironmentSettings {
  readonly production: boolean;
  readonly port: number;
  /** Undefined: http://localhost and the port that was free. */
  readonly issuer: string | undefined;
  readonly database: DatabaseConnection | 'embedded';
  /** Undefined: kept in the data folder. */
  readonly secretKeys: string | undefined;
  readonly dataFolder: string;
  readonly bootstrapFile: string | undefined;
  /** Whether demo people and clients are loaded. */
  readonly demo: boolean;
  readonly trustProxy: number | readonly string[];
  readonly logLevels: LogLevel[];
}

const FIXES = {
  PORT: 'Set it to a number up to 65535 (0 takes any free port), or leave it out for 3000.',
  ISSUER: 'Set it to the URL by which browsers reach this server, such as https://id.example.com.',
  DATABASE_URL:
    'Set it to postgres://user:password@host:5432/database, or to "embedded" for the server that comes along.',
  SECRET_KEYS: `Set it to id:key, where key is 32 random bytes. To make one: node -p "'k1:' + crypto.randomBytes(32).toString('base64url')"`,
  DEMO: 'Set it to on or off; demo data is for trying out and is refused with NODE_ENV=production.',
  TRUST_PROXY: 'Set it to the number of proxies in front of this server, or to their addresses (10.0.0.0/8,loopback).',
  LOG_LEVEL: 'Set it to warn, or to log to see every refusal.',
};

/** Reads the variables of the server itself and collects every fault; the values of faulty ones are not to be used. */
export function readEnvironment(variables: Variables): { settings: EnvironmentSettings; faults: ConfigFault[] } {
  const faults: ConfigFault[] = [];
  const refuse = (name: keyof typeof FIXES, problem: string) => faults.push({ name, problem, fix: FIXES[name] });
  const read = <Value>(name: keyof typeof FIXES, parse: (text: string) => Value): Value | undefined => {
    const text = variables[name];
    try {
      return text === undefined ? undefined : parse(text);
    } catch (error) {
      refuse(name, (error as Error).message);
      return undefined;
    }
  };

  const production = variables.NODE_ENV === 'production';
  if (production) {
    for (const name of ['DATABASE_URL', 'SECRET_KEYS'] as const) {
      const comes = [name, `${name}_FILE`].some((given) => variables[given] !== undefined);
      if (!comes) refuse(name, 'is missing, and NODE_ENV is production.');
    }
  }
  const database = read('DATABASE_URL', parseDatabase) ?? 'embedded';
  const bootstrapFile = variables.BOOTSTRAP_FILE;
  const demo = read('DEMO', parseSwitch);
  if (production && demo) refuse('DEMO', 'is on, and NODE_ENV is production.');
  const settings = {
    production,
    port: read('PORT', parsePort) ?? 3000,
    issuer: read('ISSUER', (text) => parseIssuer(text, production)),
    database,
    secretKeys: read('SECRET_KEYS', parseSecretKeys),
    dataFolder: variables.DATA_FOLDER ?? '.gatehouse',
    bootstrapFile,
    demo: demo ?? (database === 'embedded' && bootstrapFile === undefined && !production),
    trustProxy: read('TRUST_PROXY', parseTrustProxy) ?? 0,
    logLevels: read('LOG_LEVEL', parseLogLevels) ?? parseLogLevels('warn'),
  };
  return { settings, faults };
}
