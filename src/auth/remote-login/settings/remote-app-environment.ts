import type { ConfigFault } from '../../../common/config/config-fault.js';
import { readSecretVariable } from '../../../common/config/secret-variable.js';
import type { ProfileMap } from '../profile/profile-map.js';
import type { LoginProtocolHandler } from '../protocols/login-protocol.js';
import { completeOAuth1App } from '../protocols/oauth1/oauth1-app.js';
import { completeOAuth2App } from '../protocols/oauth2/oauth2-app.js';
import { completeOidcApp } from '../protocols/oidc/oidc-app.js';
import { type Completers, completeRemoteApp } from './complete-remote-app.js';
import { parseObject, readClientKeywords } from './remote-app-keywords.js';
import type { RemoteAppSettings } from './remote-app-settings.js';

/** Environment variables by name. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The variables of a remote app after `{NAME}_`, named after Authlib. The secret and the private key may come from files as well. */
const VARIABLES = {
  clientId: 'CLIENT_ID',
  clientSecret: 'CLIENT_SECRET',
  issuer: 'ISSUER',
  serverMetadataUrl: 'SERVER_METADATA_URL',
  requestTokenUrl: 'REQUEST_TOKEN_URL',
  authorizeUrl: 'AUTHORIZE_URL',
  accessTokenUrl: 'ACCESS_TOKEN_URL',
  refreshTokenUrl: 'REFRESH_TOKEN_URL',
  revokeUrl: 'REVOKE_URL',
  userinfoUrl: 'USERINFO_URL',
  apiBaseUrl: 'API_BASE_URL',
} as const satisfies Partial<Record<keyof RemoteAppSettings, string>>;

const VARIABLE_OF: Partial<Record<keyof RemoteAppSettings, string>> = {
  ...VARIABLES,
  privateKey: 'PRIVATE_KEY',
  rsaKey: 'PRIVATE_KEY',
  authorizeParams: 'AUTHORIZE_PARAMS',
  profile: 'PROFILE',
};

/**
 * The protocols that the variables can configure. Their settings are checked here, so that each fault names its
 * variable.
 */
const PROTOCOLS: Completers = new Map<string, Pick<LoginProtocolHandler, 'complete'>>([
  ['oauth1', { complete: completeOAuth1App }],
  ['oauth2', { complete: completeOAuth2App }],
  ['oidc', { complete: completeOidcApp }],
]);

/** Reads the providers that LOGIN_PROVIDERS names; the apps are those without a fault, the faults those of all. */
export async function readRemoteApps(
  env: EnvironmentVariables,
): Promise<{ apps: RemoteAppSettings[]; faults: ConfigFault[] }> {
  const names = (env.LOGIN_PROVIDERS ?? '').split(',').flatMap((name) => name.trim() || []);
  const read = await Promise.all([...new Set(names)].map((name) => readRemoteApp(name, env)));
  return {
    apps: read.flatMap(({ settings, faults }) => (faults.length === 0 ? [settings] : [])),
    faults: read.flatMap(({ faults }) => faults),
  };
}

async function readRemoteApp(
  name: string,
  env: EnvironmentVariables,
): Promise<{ settings: RemoteAppSettings; faults: ConfigFault[] }> {
  const prefix = name.toUpperCase().replaceAll('-', '_');
  const variable = (suffix: string) => env[`${prefix}_${suffix}`]?.trim() || undefined;
  const objects = readObjects(prefix, variable);
  const keywords = readClientKeywords(`${prefix}_CLIENT_KWARGS`, variable('CLIENT_KWARGS'));
  const secret = readSecretVariable(`${prefix}_CLIENT_SECRET`, env);
  const key = readSecretVariable(`${prefix}_PRIVATE_KEY`, env);
  const given = Object.entries({
    ...keywords.settings,
    ...objects.settings,
    ...valuesOf(variable),
    clientSecret: secret.value,
    ...(key.value !== undefined && { privateKey: key.value, rsaKey: key.value }),
  });
  const present = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  const settings: RemoteAppSettings = { clientId: '', ...present, name };
  const completed = await completeRemoteApp(settings, !env.ISSUER?.startsWith('https:'), PROTOCOLS);
  const own = 'faults' in completed ? completed.faults : [];
  const named = own.map((fault) => ({ ...fault, name: variableOf(prefix, fault.name) }));
  const faults = [...keywords.faults, ...objects.faults, ...secret.faults, ...key.faults];
  const known = new Set(faults.map((fault) => fault.name.replace(/_FILE$/, '')));
  return { settings, faults: [...faults, ...named.filter((fault) => !known.has(fault.name))] };
}

/** The variables that are JSON objects: the setting that each gives, and what its values may be. */
const OBJECTS: readonly (readonly [
  suffix: string,
  setting: (value: object) => Partial<RemoteAppSettings>,
  values: string,
])[] = [
  ['REQUEST_TOKEN_PARAMS', (value) => ({ requestTokenParams: value as Record<string, string> }), 'texts by parameter'],
  ['ACCESS_TOKEN_PARAMS', (value) => ({ accessTokenParams: value as Record<string, string> }), 'texts by parameter'],
  ['REFRESH_TOKEN_PARAMS', (value) => ({ refreshTokenParams: value as Record<string, string> }), 'texts by parameter'],
  ['AUTHORIZE_PARAMS', (value) => ({ authorizeParams: value as Record<string, string> }), 'texts by parameter'],
  [
    'PROFILE',
    (value) => ({ profile: { claims: value as ProfileMap['claims'] } }),
    'for each claim the member of user info that holds it, such as {"sub": "data.id", "name": ["name", "login"]}',
  ],
];

function readObjects(
  prefix: string,
  variable: (suffix: string) => string | undefined,
): { settings: Partial<RemoteAppSettings>; faults: ConfigFault[] } {
  const settings: Partial<RemoteAppSettings>[] = [];
  const faults: ConfigFault[] = [];
  for (const [suffix, setting, values] of OBJECTS) {
    const text = variable(suffix);
    const value = text === undefined ? {} : parseObject(text);
    if (value === undefined) {
      faults.push({ name: `${prefix}_${suffix}`, problem: 'is not a JSON object', fix: `give ${values}` });
    } else if (text !== undefined) settings.push(setting(value));
  }
  return { settings: Object.assign({}, ...settings), faults };
}

function valuesOf(variable: (suffix: string) => string | undefined): Partial<RemoteAppSettings> {
  return Object.fromEntries(Object.entries(VARIABLES).map(([setting, suffix]) => [setting, variable(suffix)]));
}

/** The name of the variable that holds a setting. */
function variableOf(prefix: string, setting: keyof RemoteAppSettings): string {
  if (setting === 'name') return 'LOGIN_PROVIDERS';
  return `${prefix}_${VARIABLE_OF[setting] ?? 'CLIENT_KWARGS'}`;
}
