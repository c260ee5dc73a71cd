import type { LogLevel } from '@nestjs/common';
import { readRemoteApps } from '../../auth/remote-login/settings/remote-app-environment.js';
import type { RemoteAppSettings } from '../../auth/remote-login/settings/remote-app-settings.js';
import type { BootstrapData } from '../../bootstrap/bootstrap-data.js';
import type { ConfigFault } from '../../common/config/config-fault.js';
import { ConfigFaultsError } from '../../common/config/config-fault.js';
import type { DatabaseOptions } from '../../common/database/database.options.js';
import type { DatabaseConnection } from '../../common/database/database-connection.js';
import { type DatabaseLimits, DEFAULT_LIMITS } from '../../common/database/database-limits.js';
import { DatabaseSchema, DEFAULT_SCHEMA } from '../../common/database/database-schema.js';
import { readBootstrapFile } from '../bootstrap/bootstrap-file.js';
import type { Environment, HttpTimeouts } from './environment.js';
import type { Variables } from './environment-files.js';
import { readBrand, readErrorUri, readNumbers, readProxies } from './environment-options.js';
import { readSecretFiles } from './environment-secrets.js';
import {
  localIssuer,
  parseAddress,
  parseCount,
  parseDatabase,
  parseDatabaseUrl,
  parseHomeUrl,
  parseIssuer,
  parseLogLevels,
  parsePooler,
  parsePort,
  parseSeconds,
  parseSecretKeys,
  parseSwitch,
  parseTrustProxy,
} from './environment-values.js';

/** The settings that the environment variables give. Those that are undefined are decided at the start. */
export interface EnvironmentSettings {
  readonly production: boolean;
  readonly port: number;
  /** The address of this machine to listen on; undefined: every one of it. */
  readonly address: string | undefined;
  /** Undefined: `localIssuer` of the address and the port that was free. */
  readonly issuer: string | undefined;
  readonly database: DatabaseConnection | 'embedded';
  readonly databaseLimits: DatabaseLimits;
  readonly databaseOptions: DatabaseOptions;
  /** The PostgreSQL schema of all tables. */
  readonly databaseSchema: string;
  /** False where migrations run by `gatehouse migrate` alone, perhaps with a role that has more rights. */
  readonly migratesAtStart: boolean;
  /** Undefined: kept in the data folder. */
  readonly secretKeys: string | undefined;
  readonly dataFolder: string;
  readonly bootstrap: { readonly file: string; readonly data: BootstrapData } | undefined;
  /**
   * True when the demonstration is loaded: landing page, playground, example API, and end users and clients to try them
   * with.
   */
  readonly demo: boolean;
  /** The address to which the start page leads; undefined for the end user's own pages. */
  readonly homeUrl: string | undefined;
  readonly trustProxy: number | string[];
  /** How long the server goes on answering after it said that it is not ready, so that load balancers notice. */
  readonly drainSeconds: number;
  /** Within what time after the signal to stop the process has ended, whatever hangs. */
  readonly graceSeconds: number;
  /** How long connections may be silent, and how long a request may take to come in. */
  readonly timeouts: HttpTimeouts;
  /** Options of sign-ins and of passwords. */
  readonly options: NonNullable<Environment['options']>;
  readonly logLevels: LogLevel[];
  /** Providers to sign in at. */
  readonly remoteApps: readonly RemoteAppSettings[];
}

const FIXES = {
  PORT: 'set it to a number up to 65535 (0 takes any free port), or leave it out for 3000',
  ADDRESS: 'set it to an address of this machine, such as 127.0.0.1, or leave it out to listen on every one',
  ISSUER: 'set it to the URL by which browsers reach this server, such as https://id.example.com',
  DATABASE_URL: 'set it to postgres://user:password@host:5432/database, or to embedded for the server that comes along',
  DATABASE_DIRECT_URL:
    'set it to postgres://user:password@host:5432/database, the same database past the pooler, or leave it out without one',
  DATABASE_POOLER: 'set it to transaction behind a pooler in that mode, or to none',
  DATABASE_POOL_SIZE: 'set it to a number of connections from 2 to 1000, or leave it out for 10',
  DATABASE_QUEUE_SIZE: 'set it to a number of statements from 1 to 100000, or leave it out for 200',
  DATABASE_CONNECT_SECONDS: 'set it to a number of seconds from 1 to 600, or leave it out for 5',
  DATABASE_STATEMENT_SECONDS: 'set it to a number of seconds from 1 to 600, or leave it out for 5',
  DATABASE_LOCK_SECONDS: 'set it to a number of seconds from 1 to 600, not above DATABASE_STATEMENT_SECONDS',
  DATABASE_SCHEMA: 'set it to a plain name such as gatehouse, or leave it out for that',
  SECRET_KEYS: `set it to id:key, where key is 32 random bytes; to make one: node -p "'k1:' + crypto.randomBytes(32).toString('base64url')"`,
  AUTO_MIGRATE: 'set it to off where gatehouse migrate runs before the start, or leave it out',
  DEMO: 'set it to on or off; demo data is for trying out and stays off with NODE_ENV=production',
  SIGN_IN_PASSWORD: 'set it to off where end users sign in at providers alone, or leave it out',
  HOME_URL: 'set it to a URL such as https://www.example.com or to a path of this server such as /account',
  TRUST_PROXY:
    'set it to the number of proxies in front of this server, or to their addresses (10.0.0.0/8,loopback); 0 if whoever connects is the caller',
  DRAIN_SECONDS: 'set it to a number of seconds up to 600 and below GRACE_SECONDS',
  GRACE_SECONDS: 'set it to a number of seconds up to 600, less than your orchestrator waits before it kills',
  KEEP_ALIVE_SECONDS: 'set it to a number of seconds up to 600, more than the proxy in front keeps idle connections',
  HEADER_TIMEOUT_SECONDS: 'set it to a number of seconds from 1 to 600 and not above REQUEST_TIMEOUT_SECONDS',
  REQUEST_TIMEOUT_SECONDS: 'set it to a number of seconds from 1 to 600',
  LOG_LEVEL: 'set it to warn, or to log to see every refusal',
};

type Name = keyof typeof FIXES;

/** Reads every variable and the files that some name. Raises ConfigFaultsError with all that is wrong at once. */
export async function readEnvironment(given: Variables): Promise<EnvironmentSettings> {
  const { variables, faults } = readSecretFiles(given);
  const refuse = (name: Name, problem: string) => faults.push({ name, problem, fix: FIXES[name] });
  const read = <Value>(name: Name, parse: (text: string) => Value): Value | undefined => {
    const text = variables[name];
    try {
      return text === undefined ? undefined : parse(text);
    } catch (error) {
      refuse(name, (error as Error).message);
      return undefined;
    }
  };

  const production = variables.NODE_ENV === 'production';
  const port = read('PORT', parsePort) ?? 3000;
  const address = read('ADDRESS', parseAddress);
  const issuer = read('ISSUER', (text) => parseIssuer(text, production));
  const database = read('DATABASE_URL', parseDatabase) ?? 'embedded';
  const bootstrap = readBootstrap(variables.BOOTSTRAP_FILE, faults);
  const demo = read('DEMO', parseSwitch);
  const login = await readRemoteApps(variables);
  const numbers = readNumbers(variables);
  const password = read('SIGN_IN_PASSWORD', parseSwitch);
  const proxies = readProxies(variables);
  const errorUri = readErrorUri(variables);
  const brand = readBrand(variables);
  faults.push(...login.faults, ...numbers.faults, ...proxies.faults, ...errorUri.faults, ...brand.faults);
  const drainSeconds = read('DRAIN_SECONDS', parseSeconds) ?? (production ? 5 : 0);
  const graceSeconds = read('GRACE_SECONDS', parseSeconds) ?? Math.max(25, drainSeconds + 20);
  if (drainSeconds >= graceSeconds) refuse('DRAIN_SECONDS', `is ${drainSeconds}, and GRACE_SECONDS ${graceSeconds}`);
  const timeouts = {
    keepAliveSeconds: read('KEEP_ALIVE_SECONDS', (text) => parseSeconds(text, 1)) ?? 65,
    headerSeconds: read('HEADER_TIMEOUT_SECONDS', (text) => parseSeconds(text, 1)) ?? 30,
    requestSeconds: read('REQUEST_TIMEOUT_SECONDS', (text) => parseSeconds(text, 1)) ?? 60,
  };
  if (timeouts.headerSeconds > timeouts.requestSeconds) {
    refuse(
      'HEADER_TIMEOUT_SECONDS',
      `is ${timeouts.headerSeconds}, and a whole request gets ${timeouts.requestSeconds}`,
    );
  }
  if (issuer?.startsWith('https:') && variables.TRUST_PROXY === undefined) {
    refuse('TRUST_PROXY', 'is missing, and ISSUER is https, so something in front of this server ends TLS');
  }
  const limits = {
    poolSize: read('DATABASE_POOL_SIZE', (text) => parseCount(text, 2, 1000)) ?? DEFAULT_LIMITS.poolSize,
    connectSeconds: read('DATABASE_CONNECT_SECONDS', (text) => parseSeconds(text, 1)) ?? DEFAULT_LIMITS.connectSeconds,
    statementSeconds:
      read('DATABASE_STATEMENT_SECONDS', (text) => parseSeconds(text, 1)) ?? DEFAULT_LIMITS.statementSeconds,
    lockSeconds: read('DATABASE_LOCK_SECONDS', (text) => parseSeconds(text, 1)) ?? DEFAULT_LIMITS.lockSeconds,
  };
  if (limits.lockSeconds > limits.statementSeconds) {
    refuse('DATABASE_LOCK_SECONDS', `is ${limits.lockSeconds}, and a whole statement gets ${limits.statementSeconds}`);
  }
  const pooler = read('DATABASE_POOLER', parsePooler) ?? 'none';
  const direct = read('DATABASE_DIRECT_URL', parseDatabaseUrl);
  if (pooler === 'transaction' && direct === undefined) {
    refuse(
      'DATABASE_DIRECT_URL',
      'is missing, and DATABASE_POOLER is transaction, so that LISTEN and migrations have no session',
    );
  }
  const settings: EnvironmentSettings = {
    production,
    port,
    address,
    issuer,
    database,
    databaseLimits: limits,
    databaseOptions: {
      pooler,
      directUrl: direct?.url,
      poolSize: limits.poolSize,
      statementSeconds: limits.statementSeconds,
      lockSeconds: limits.lockSeconds,
      queueSize: read('DATABASE_QUEUE_SIZE', (text) => parseCount(text, 1, 100_000)) ?? 200,
    },
    migratesAtStart: read('AUTO_MIGRATE', parseSwitch) ?? true,
    databaseSchema: read('DATABASE_SCHEMA', (name) => new DatabaseSchema(name).name) ?? DEFAULT_SCHEMA,
    secretKeys: read('SECRET_KEYS', parseSecretKeys),
    dataFolder: variables.DATA_FOLDER ?? '.gatehouse',
    bootstrap,
    demo: demo ?? (database === 'embedded' && variables.BOOTSTRAP_FILE === undefined && !production),
    homeUrl: read('HOME_URL', (text) => parseHomeUrl(text, issuer ?? localIssuer(address, port))),
    trustProxy: read('TRUST_PROXY', parseTrustProxy) ?? 0,
    drainSeconds,
    graceSeconds,
    timeouts,
    options: {
      ...numbers.options,
      ...proxies.options,
      ...errorUri.options,
      ...brand.options,
      ...(password === undefined ? {} : { signIn: { password } }),
    },
    logLevels: read('LOG_LEVEL', parseLogLevels) ?? parseLogLevels('warn'),
    remoteApps: login.apps,
  };
  if (production) {
    for (const name of ['DATABASE_URL', 'SECRET_KEYS'] as const) {
      if (variables[name] === undefined && variables[`${name}_FILE`] === undefined)
        refuse(name, 'is missing, and NODE_ENV is production');
    }
    if (demo) refuse('DEMO', 'is on, and NODE_ENV is production');
  }
  if (faults.length > 0) throw new ConfigFaultsError(faults);
  return settings;
}

function readBootstrap(file: string | undefined, faults: ConfigFault[]): EnvironmentSettings['bootstrap'] {
  if (file === undefined) return undefined;
  const read = readBootstrapFile(file);
  faults.push(...read.faults);
  return read.data && { file, data: read.data };
}
