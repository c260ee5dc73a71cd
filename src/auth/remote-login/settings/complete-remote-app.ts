import { parseUrl } from '../../../common/url/parse-url.js';
import { findPreset, presetNames } from '../presets/preset.js';
import type { LoginProtocolHandler } from '../protocols/login-protocol.js';
import type { RemoteApp } from '../remote-app.js';
import type { RemoteAppSettings } from './remote-app-settings.js';
import { type Completed, faultsOf, isFilled, type SettingFault, type SettingRule } from './setting-rule.js';

/** The protocols that complete settings, by their names. */
export type Completers = ReadonlyMap<string, Pick<LoginProtocolHandler, 'complete'>>;

const COMMON_RULES: readonly SettingRule[] = [
  [
    'name',
    ({ name }) => /^[a-z][a-z0-9-]{0,31}$/.test(name),
    'is not a name for a URL',
    'use up to 32 lower case letters, digits and "-", a letter first',
  ],
  [
    'clientId',
    ({ clientId }) => isFilled(clientId),
    'is missing',
    'set it to the client id that the provider gave you',
  ],
  [
    'admit',
    ({ admit = 'anybody' }) =>
      typeof admit === 'object' ? areDomains(admit?.domains) : ['anybody', 'known'].includes(admit),
    'is neither anybody nor known nor a list of domains',
    'give "anybody", "known", or { domains: ["example.com"] } in lower case',
  ],
  [
    'mark',
    ({ mark }) => mark === undefined || [mark.viewBox, ...mark.paths].every((data) => /^[\w\s.,+-]+$/.test(data)),
    'is no viewBox and data of paths',
    'give { viewBox: "0 0 24 24", paths: ["M2 2h20v20H2z"] }',
  ],
];

/**
 * Adds the settings of the preset, and has the protocol check and complete the whole. `allowHttp` is for a server whose
 * own issuer is http, in development.
 */
export async function completeRemoteApp(
  settings: RemoteAppSettings,
  allowHttp: boolean,
  protocols: Completers,
): Promise<Completed<RemoteApp>> {
  const preset = await findPreset(settings.preset ?? settings.name);
  const given = { ...beneath(preset ?? {}, settings), ...settings };
  const protocol = protocolOf(given);
  const completed = protocols
    .get(protocol)
    ?.complete({ ...given, protocol, label: given.label ?? capitalised(given.name) }, allowHttp);
  const faults = [
    ...faultsOf(COMMON_RULES, given, allowHttp),
    ...(settings.preset !== undefined && preset === undefined ? [unknownPreset(settings.preset)] : []),
    ...(completed === undefined ? [unknownProtocol(protocol, [...protocols.keys()].sort())] : []),
    ...(completed !== undefined && 'faults' in completed ? completed.faults : []),
  ];
  if (completed === undefined || 'faults' in completed || faults.length > 0) return { faults };
  const { admit = 'anybody', mark } = given;
  return { app: { ...completed.app, admit, ...(mark && { mark }) } };
}

/** The settings that are addresses, to which tokens, codes and secrets go. */
const ADDRESSES = ['accessTokenUrl', 'refreshTokenUrl', 'revokeUrl', 'userinfoUrl', 'apiBaseUrl'] as const;

/**
 * The settings of a preset beneath those of a remote app. Where the remote app has an authorize URL of its own, the
 * preset's issuer is dropped. Where that, or the issuer to discover, is on another host, as for GitHub Enterprise or a
 * GitLab of one's own, so are the addresses of the preset, so that nothing of the one provider is sent to the other.
 */
function beneath(preset: Partial<RemoteAppSettings>, settings: RemoteAppSettings): Partial<RemoteAppSettings> {
  const { issuer, ...others } = preset;
  const known = settings.authorizeUrl === undefined ? preset : others;
  const [theirs, ours] =
    preset.authorizeUrl === undefined ? [issuer, settings.issuer] : [preset.authorizeUrl, settings.authorizeUrl];
  if (theirs === undefined || ours === undefined || originOf(ours) === originOf(theirs)) return known;
  const isElsewhere = (setting: string, value: unknown) =>
    (ADDRESSES as readonly string[]).includes(setting) && originOf(value) !== undefined;
  return Object.fromEntries(Object.entries(known).filter(([setting, value]) => !isElsewhere(setting, value)));
}

/** The origin of an absolute URL; undefined for anything else. */
function originOf(address: unknown): string | undefined {
  return typeof address === 'string' ? parseUrl(address)?.origin : undefined;
}

/** The protocol that settings name, or else the one that their addresses imply. */
function protocolOf({ protocol, requestTokenUrl, authorizeUrl }: RemoteAppSettings): string {
  if (protocol === undefined && isFilled(requestTokenUrl)) return 'oauth1';
  return protocol ?? (isFilled(authorizeUrl) ? 'oauth2' : 'oidc');
}

function unknownPreset(name: string): SettingFault {
  return {
    name: 'preset',
    problem: `is "${name}", which is not known here`,
    fix: `choose one of ${presetNames().join(', ')}, or give the provider's addresses instead`,
  };
}

function unknownProtocol(name: string, known: readonly string[]): SettingFault {
  return {
    name: 'protocol',
    problem: `is "${name}", which no class claims`,
    fix: `choose one of ${known.join(', ')}, or list a class with @LoginProtocol('${name}') in a module`,
  };
}

function areDomains(domains: unknown): boolean {
  return (
    Array.isArray(domains) && domains.length > 0 && domains.every((each) => typeof each === 'string' && isDomain(each))
  );
}

function isDomain(text: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text);
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
