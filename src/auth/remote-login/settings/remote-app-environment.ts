import type { ConfigFault } from '../../../common/config/config-fault.js';
import { readSecretVariable } from '../../../common/config/secret-variable.js';
import type { LoginProtocolHandler } from '../protocols/login-protocol.js';
import { completeOAuth1App } from '../protocols/oauth1/oauth1-app.js';
import { completeOAuth2App } from '../protocols/oauth2/oauth2-app.js';
import { completeOidcApp } from '../protocols/oidc/oidc-app.js';
import { type Completers, completeRemoteApp } from './complete-remote-app.js';
import { parseObject, readClientKeywords } from './remote-app-keywords.js';
import type { RemoteAppSettings } from './remote-app-settings.js';
import type { SettingFault } from './setting-rule.js';
import { SETTING_ROWS, SETTING_VARIABLES, type SettingVariable } from './setting-variables.js';

/** Environment variables by name. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

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
  const keywords = readClientKeywords(`${prefix}_CLIENT_KWARGS`, env[`${prefix}_CLIENT_KWARGS`]?.trim() || undefined);
  const read = SETTING_ROWS.map(([setting, row]) => ({ setting, ...readVariable(prefix, row, env) }));
  const given = read.flatMap(({ setting, value }) => (value === undefined ? [] : [[setting, value] as const]));
  const settings: RemoteAppSettings = { clientId: '', ...keywords.settings, ...Object.fromEntries(given), name };
  const completed = await completeRemoteApp(settings, !env.ISSUER?.startsWith('https:'), PROTOCOLS);
  const own = 'faults' in completed ? completed.faults : [];
  const named = own.map((fault) => toldByVariable(prefix, fault));
  const faults = [...keywords.faults, ...read.flatMap(({ fault }) => fault ?? [])];
  const known = new Set(faults.map((fault) => fault.name.replace(/_FILE$/, '')));
  const first = faults.filter((fault, index) => faults.findIndex((other) => other.name === fault.name) === index);
  return { settings, faults: [...first, ...named.filter((fault) => !known.has(fault.name))] };
}

/** The value that a variable gives a setting, or what is wrong with the variable; neither where it is not set. */
function readVariable(
  prefix: string,
  { variable, kind = 'text', read, values = '' }: SettingVariable,
  env: EnvironmentVariables,
): { readonly value?: unknown; readonly fault?: ConfigFault } {
  if (variable === undefined) return {};
  const name = `${prefix}_${variable}`;
  if (kind === 'secret') {
    const { value, faults } = readSecretVariable(name, env);
    return faults[0] === undefined ? { value } : { fault: faults[0] };
  }
  const given = env[name]?.trim() || undefined;
  if (given === undefined) return {};
  const parsed = kind === 'object' ? parseObject(given) : given;
  const fault = (problem: string): { fault: ConfigFault } => ({ fault: { name, problem, fix: `give ${values}` } });
  if (parsed === undefined) return fault('is not a JSON object');
  const value = read(parsed);
  return value === undefined ? fault('has a member of a wrong kind') : { value };
}

/** A fault of a setting under the name of its variable, or of the keywords and then with the keyword. */
function toldByVariable(prefix: string, { name: setting, problem, fix }: SettingFault): ConfigFault {
  if (setting === 'name') return { name: 'LOGIN_PROVIDERS', problem, fix };
  const { variable, keyword = setting } = SETTING_VARIABLES[setting] ?? {};
  if (variable !== undefined) return { name: `${prefix}_${variable}`, problem, fix };
  return { name: `${prefix}_CLIENT_KWARGS`, problem: `has a fault: its ${keyword} ${problem}`, fix };
}
