import { summaryOf } from '../../bootstrap/bootstrap-data.js';
import type { DatabaseConnection } from '../../common/database/database-connection.js';
import { PROXY_VARIABLES, proxyVariable } from '../../common/outgoing/outgoing.options.js';
import { DataFolder } from '../environment/data-folder.js';
import type { Variables } from '../environment/environment-files.js';
import { BRAND_VARIABLES, NUMBERS } from '../environment/environment-options.js';
import type { EnvironmentSettings } from '../environment/environment-reader.js';
import { localIssuer } from '../environment/environment-values.js';

/** The values that a start would use, one a line, with every secret masked. */
export function configReport(settings: EnvironmentSettings, variables: Variables): string {
  const {
    port,
    address,
    issuer,
    database,
    databaseSchema,
    migratesAtStart,
    databaseLimits,
    databaseOptions: { pooler, directUrl, queueSize },
    secretKeys,
    bootstrap,
    demo,
    homeUrl,
    trustProxy,
    drainSeconds,
    graceSeconds,
    timeouts,
    options,
    logLevels,
    remoteApps,
  } = settings;
  const folder = new DataFolder(settings.dataFolder);
  const lines: [name: string, value: string | number][] = [
    ['NODE_ENV', variables.NODE_ENV ?? ''],
    ['PORT', port],
    ['ADDRESS', address ?? 'every one'],
    ['ISSUER', issuer ?? localIssuer(address, port)],
    ['DATABASE_URL', database === 'embedded' ? `embedded, in ${folder.postgres}` : masked(database)],
    ['DATABASE_SCHEMA', databaseSchema],
    ['AUTO_MIGRATE', migratesAtStart ? 'on' : 'off'],
    ['DATABASE_DIRECT_URL', directUrl === undefined ? 'none' : masked({ url: directUrl })],
    ['DATABASE_POOLER', pooler],
    ['DATABASE_POOL_SIZE', databaseLimits.poolSize],
    ['DATABASE_QUEUE_SIZE', queueSize],
    ['DATABASE_CONNECT_SECONDS', databaseLimits.connectSeconds],
    ['DATABASE_STATEMENT_SECONDS', databaseLimits.statementSeconds],
    ['DATABASE_LOCK_SECONDS', databaseLimits.lockSeconds],
    ['SECRET_KEYS', secretKeys?.replaceAll(/:[^,]*/g, ':***') ?? `kept in ${folder.path}`],
    ['DATA_FOLDER', folder.path],
    ['BOOTSTRAP_FILE', bootstrap === undefined ? 'none' : `${bootstrap.file} (${summaryOf(bootstrap.data)})`],
    ['DEMO', demo ? 'on' : 'off'],
    ['HOME_URL', homeUrl ?? 'none'],
    ['ERROR_URI', options.errors === undefined ? 'pages of this server' : (options.errors.uri ?? 'off')],
    ['TRUST_PROXY', String(trustProxy)],
    ['DRAIN_SECONDS', drainSeconds],
    ['GRACE_SECONDS', graceSeconds],
    ['KEEP_ALIVE_SECONDS', timeouts.keepAliveSeconds],
    ['HEADER_TIMEOUT_SECONDS', timeouts.headerSeconds],
    ['REQUEST_TIMEOUT_SECONDS', timeouts.requestSeconds],
    ...BRAND_VARIABLES.flatMap(([name]): [string, string][] => (variables[name] ? [[name, variables[name]]] : [])),
    ...NUMBERS.flatMap(([name]): [string, string][] => (variables[name] ? [[name, variables[name]]] : [])),
    ...PROXY_VARIABLES.flatMap(([name]): [string, string][] => {
      const value = proxyVariable(name, variables);
      return value === '' ? [] : [[name, value.replace(CREDENTIALS, '***@')]];
    }),
    ['LOG_LEVEL', logLevels.at(-1) ?? ''],
    ['LOGIN_PROVIDERS', remoteApps.map(({ name }) => name).join(', ') || 'none'],
    ...remoteApps.flatMap((remoteApp) => providerLines(remoteApp.name, variables)),
  ];
  return lines.map(([name, value]) => `${`${name} `.padEnd(27)}${value}\n`).join('');
}

/** `user:password@` in the URL of a proxy. */
const CREDENTIALS = /(?<=^|\/)[^/]*@/;

/** The variables of one provider that are set, with secret and keys masked. */
function providerLines(provider: string, variables: Variables): [name: string, value: string][] {
  const prefix = `${provider.toUpperCase().replaceAll('-', '_')}_`;
  return Object.entries(variables)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value = '']) => [
      name,
      /_(SECRET|PRIVATE_KEY)$/.test(name) ? '***' : value.replace(KEY_IN_JSON, '$1***"'),
    ]);
}

/** `"rsa_key": "…"` among the keywords of a provider. */
const KEY_IN_JSON = /("rsa_key"\s*:\s*")(?:[^"\\]|\\.)*"/g;

function masked(connection: DatabaseConnection): string {
  if (!('url' in connection)) return connection.host;
  const url = new URL(connection.url);
  if (url.password !== '') url.password = '***';
  for (const name of ['password', 'sslpassword']) if (url.searchParams.has(name)) url.searchParams.set(name, '***');
  return url.href;
}
