import type { ConfigFault } from '../../../common/config/config-fault.js';
import { parseUrl } from '../../../common/url/parse-url.js';
import type { RemoteApp } from '../remote-app.js';
import { TOKEN_PLACEMENTS } from '../remote-request.js';
import { algorithmOf, readPrivateKey } from './private-key.js';
import {
  ASSERTION_AUDIENCES,
  CALL_METHODS,
  CLIENT_AUTHENTICATION_METHODS,
  ID_TOKEN_ALGORITHMS,
  RESPONSE_MODES,
  type RemoteAppSettings,
  SIGNING_ALGORITHMS,
} from './remote-app-settings.js';

/** Settings with those of the preset added, a well-formed name, a label and a protocol. */
export type NamedSettings = RemoteAppSettings & { readonly label: string; readonly protocol: string };

/** A fault of one remote app; `name` is the setting's. */
export type SettingFault = ConfigFault & { readonly name: keyof RemoteAppSettings };

/** The whole remote app, or every fault of its settings. */
export type Completed<App extends RemoteApp> = { readonly app: App } | { readonly faults: readonly SettingFault[] };

/**
 * One line of a table of rules: the setting, what must hold of all settings together, and the fault when that does not
 * hold.
 */
export type SettingRule = readonly [
  setting: keyof RemoteAppSettings,
  holds: (given: RemoteAppSettings, allowHttp: boolean) => boolean,
  problem: string,
  fix: string,
];

/** The faults of settings by a table of rules, in the table's order. */
export function faultsOf(rules: readonly SettingRule[], given: RemoteAppSettings, allowHttp: boolean): SettingFault[] {
  return rules
    .filter(([, holds]) => !holds(given, allowHttp))
    .map(([name, , problem, fix]): SettingFault => ({ name, problem, fix }));
}

/** The methods by which a client proves itself without a secret that the provider gave out. */
const WITHOUT_SECRET: readonly (string | undefined)[] = ['none', 'private_key_jwt', 'minted_secret'];
const WITH_KEY: readonly (string | undefined)[] = ['private_key_jwt', 'minted_secret'];

/** How a client proves itself (RFC 6749 section 2.3): by a secret or a key, unless it is a public one. */
export const CREDENTIAL_RULES: readonly SettingRule[] = [
  [
    'clientSecret',
    ({ clientSecret, clientAuthentication: method }) => isFilled(clientSecret) || WITHOUT_SECRET.includes(method),
    'is missing',
    'set it to the secret that the provider gave you, or choose client authentication "none" for a public client',
  ],
  [
    'privateKey',
    ({ privateKey, clientAuthentication: method }) => isFilled(privateKey) || !WITH_KEY.includes(method),
    'is missing',
    'set it to the private key whose public half the provider knows, as PKCS #8 in PEM or as a JWK in JSON',
  ],
  [
    'privateKey',
    ({ privateKey }) => !isFilled(privateKey) || readPrivateKey(privateKey) !== undefined,
    'is no private key that can be read, or one of a kind that no algorithm here takes',
    'give PKCS #8 in PEM, not encrypted, or a JWK in JSON: RSA, EC on P-256, P-384 or P-521, or Ed25519',
  ],
  [
    'signingAlgorithm',
    ({ privateKey = '', signingAlgorithm: algorithm }) => {
      const key = readPrivateKey(privateKey);
      return key === undefined || algorithm === undefined || algorithmOf(key, algorithm) === algorithm;
    },
    'is not one that this private key can sign with',
    `choose one of ${SIGNING_ALGORITHMS.join(', ')} that fits the key, or leave it out`,
  ],
  ...(['teamId', 'keyId'] as const).map(
    (setting): SettingRule => [
      setting,
      (given) => given.clientAuthentication !== 'minted_secret' || isFilled(given[setting]),
      'is missing',
      'set it, since a minted secret says who signed it with which key',
    ],
  ),
];

/** The rules for settings that OAuth 2 and OpenID Connect apps choose from lists. */
export const CHOICE_RULES: readonly SettingRule[] = [
  [
    'clientAuthentication',
    ({ clientAuthentication: method = 'none' }) => CLIENT_AUTHENTICATION_METHODS.includes(method),
    'is not a client authentication method that is known here',
    `choose one of ${CLIENT_AUTHENTICATION_METHODS.join(', ')}`,
  ],
  [
    'responseMode',
    ({ responseMode: mode = 'query' }) => RESPONSE_MODES.includes(mode),
    'is not a response mode that is known here',
    `choose one of ${RESPONSE_MODES.join(', ')}`,
  ],
  [
    'assertionAudience',
    ({ assertionAudience: audience = 'issuer' }) => ASSERTION_AUDIENCES.includes(audience),
    'is not an audience that is known here',
    `choose one of ${ASSERTION_AUDIENCES.join(', ')}`,
  ],
  [
    'tokenPlacement',
    ({ tokenPlacement: place = 'header' }) => TOKEN_PLACEMENTS.includes(place),
    'is not a place for tokens that is known here',
    `choose one of ${TOKEN_PLACEMENTS.join(', ')}`,
  ],
  ...(['userinfoMethod', 'tokenRequestMethod'] as const).map(
    (setting): SettingRule => [
      setting,
      (given) => CALL_METHODS.includes(given[setting] ?? 'GET'),
      'is not a method by which a provider can be asked',
      `choose one of ${CALL_METHODS.join(', ')}`,
    ],
  ),
];

/** The parameters of an authorization request that the protocols set (RFC 6749 section 4.1.1, RFC 7636, OpenID Connect Core). */
const SET_BY_PROTOCOL =
  /^(response_type|response_mode|client_id|redirect_uri|scope|state|nonce|code_challenge(_method)?)$/;

/** The rule for further parameters of the authorization request. */
export const AUTHORIZE_PARAMS_RULE: SettingRule = [
  'authorizeParams',
  ({ authorizeParams = {} }) =>
    Object.entries(authorizeParams).every(([name, value]) => typeof value === 'string' && !SET_BY_PROTOCOL.test(name)),
  'has a value that is no text, or a parameter that the protocol sets',
  'leave out response_type, response_mode, client_id, redirect_uri, scope, state, nonce and code_challenge; scopes have a setting of their own',
];

/** The rules for how id_tokens of a provider bend the standard. */
export const ID_TOKEN_RULES: readonly SettingRule[] = [
  [
    'nonce',
    ({ nonce = true, pkce = true }) => nonce || pkce,
    'is off and so is PKCE, so that nothing would bind the code to the browser',
    'turn one of the two on',
  ],
  [
    'idTokenAlgorithm',
    ({ idTokenAlgorithm: algorithm = 'RS256' }) => ID_TOKEN_ALGORITHMS.includes(algorithm),
    'is not an algorithm that is known here',
    `choose one of ${ID_TOKEN_ALGORITHMS.join(', ')}`,
  ],
  [
    'idTokenAlgorithm',
    ({ idTokenAlgorithm, clientSecret }) => idTokenAlgorithm !== 'HS256' || isFilled(clientSecret),
    'is HS256, which is checked with the client secret, and there is none',
    'set the client secret, or choose an algorithm with keys',
  ],
];

/** A setting that is absent or an absolute URL that may be called. */
export function addressRule(
  setting:
    | 'issuer'
    | 'serverMetadataUrl'
    | 'requestTokenUrl'
    | 'authorizeUrl'
    | 'accessTokenUrl'
    | 'refreshTokenUrl'
    | 'revokeUrl'
    | 'apiBaseUrl',
): SettingRule {
  return [
    setting,
    (given, allowHttp) => !isFilled(given[setting]) || isWebAddress(given[setting], allowHttp),
    'is not an absolute https URL',
    'give one that starts with https:// and has no fragment; http:// is for a server whose own issuer is http',
  ];
}

/** The API base URL with a slash at its end, and every host that tokens may be sent to. */
export function apiOf({ apiBaseUrl, apiHosts = [] }: RemoteAppSettings) {
  const base = isFilled(apiBaseUrl) ? apiBaseUrl.replace(/\/*$/, '/') : undefined;
  return { apiBaseUrl: base, apiHosts: [...(base === undefined ? [] : [new URL(base).host]), ...apiHosts] };
}

/** True for a setting with a value. */
export function isFilled(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** True for an https URL without fragment and credentials, or an http one where that is allowed; `base` resolves it. */
export function isWebAddress(text: string, allowHttp: boolean, base?: string): boolean {
  const url = parseUrl(text, base);
  if (url === undefined || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (allowHttp && url.protocol === 'http:');
}
