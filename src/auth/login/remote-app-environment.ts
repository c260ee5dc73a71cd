import type { ConfigFault } from '../../common/config-fault.js';
import { completeRemoteApp } from './complete-remote-app.js';
import { readClientKeywords } from './remote-app-keywords.js';
import type { RemoteAppSettings } from './remote-app-settings.js';

/** Environment variables by name. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** The variables of a remote app after `{NAME}_`, named after Authlib. */
const VARIABLES = {
  clientId: 'CLIENT_ID',
  clientSecret: 'CLIENT_SECRET',
  issuer: 'ISSUER',
  authorizeUrl: 'AUTHORIZE_URL',
  accessTokenUrl: 'ACCESS_TOKEN_URL',
  userinfoUrl: 'USERINFO_URL',
  apiBaseUrl: 'API_BASE_URL',
} as const satisfies Partial<Record<keyof RemoteAppSettings, string>>;

/** Reads the providers that LOGIN_PROVIDERS names; the apps are those without a fault, the faults those of all. */
export function readRemoteApps(env: EnvironmentVariables): { apps: RemoteAppSettings[]; faults: ConfigFault[] } {
  const names = (env.LOGIN_PROVIDERS ?? '').split(',').flatMap((name) => name.trim() || []);
  const faults: ConfigFault[] = [];
  const apps = [...new Set(names)].flatMap((name) => {
    const found = readRemoteApp(name, env);
    faults.push(...found.faults);
    return found.faults.length === 0 ? [found.settings] : [];
  });
  return { apps, faults };
}

function readRemoteApp(
  name: string,
  env: EnvironmentVariables,
): { settings: RemoteAppSettings; faults: ConfigFault[] } {
  const prefix = name.toUpperCase().replaceAll('-', '_');
  const variable = (suffix: string) => env[`${prefix}_${suffix}`]?.trim() || undefined;
  const keywords = readClientKeywords(`${prefix}_CLIENT_KWARGS`, variable('CLIENT_KWARGS'));
  const given = Object.entries(VARIABLES).flatMap(([setting, suffix]) => {
    const value = variable(suffix);
    return value === undefined ? [] : [[setting, value] as const];
  });
  const settings: RemoteAppSettings = { clientId: '', ...keywords.settings, ...Object.fromEntries(given), name };
  if (keywords.faults.length > 0) return { settings, faults: keywords.faults };
  const completed = completeRemoteApp(settings, !env.ISSUER?.startsWith('https:'));
  if ('app' in completed) return { settings, faults: [] };
  const named = completed.faults.map((fault) => ({ ...fault, name: variableOf(prefix, fault.name) }));
  return { settings, faults: named };
}

/** Where a setting stands in the environment. */
function variableOf(prefix: string, setting: keyof RemoteAppSettings): string {
  if (setting === 'name') return 'LOGIN_PROVIDERS';
  return `${prefix}_${(VARIABLES as Partial<Record<keyof RemoteAppSettings, string>>)[setting] ?? 'CLIENT_KWARGS'}`;
}
