import { parseScope } from '../../../common/scope.js';
import type { ProfileMap } from '../profile/profile-map.js';
import type { TokenPlacement } from '../remote-request.js';
import type { Admission, RemoteAppSettings, SignatureType } from './remote-app-settings.js';

/** How the environment gives one setting of a remote app. A variable comes before a keyword. */
export interface SettingVariable<Value = unknown> {
  /** The variable after `{NAME}_`, named after Authlib where Authlib has one. */
  readonly variable?: string;
  /** `secret`: from the file that `{NAME}_{VARIABLE}_FILE` names as well. `object`: the variable holds a JSON object. */
  readonly kind?: 'text' | 'secret' | 'object';
  /** The member of `{NAME}_CLIENT_KWARGS`. */
  readonly keyword?: string;
  /** The setting of a text, an object or a keyword's JSON value; undefined for a value of a wrong kind. */
  readonly read: (value: unknown) => Value | undefined;
  /** What may be given, as the rest of a sentence that begins with the name. */
  readonly values?: string;
}

/**
 * For each setting of a remote app the variable or keyword that gives it; null for what only code can give, and for
 * those that the names in LOGIN_PROVIDERS decide.
 */
export const SETTING_VARIABLES: {
  readonly [Setting in keyof Required<RemoteAppSettings>]: SettingVariable<RemoteAppSettings[Setting]> | null;
} = {
  name: null,
  protocol: null,
  compliance: null,
  mark: null,
  preset: { variable: 'PRESET', read: text },
  clientId: { variable: 'CLIENT_ID', read: text },
  clientSecret: { variable: 'CLIENT_SECRET', kind: 'secret', read: text },
  privateKey: { variable: 'PRIVATE_KEY', kind: 'secret', read: text },
  rsaKey: { variable: 'PRIVATE_KEY', kind: 'secret', keyword: 'rsa_key', read: text, values: '(text)' },
  issuer: { variable: 'ISSUER', read: text },
  serverMetadataUrl: { variable: 'SERVER_METADATA_URL', read: text },
  requestTokenUrl: { variable: 'REQUEST_TOKEN_URL', read: text },
  requestTokenParams: { variable: 'REQUEST_TOKEN_PARAMS', kind: 'object', read: texts, values: 'texts by parameter' },
  authorizeUrl: { variable: 'AUTHORIZE_URL', read: text },
  authorizeParams: { variable: 'AUTHORIZE_PARAMS', kind: 'object', read: asItIs, values: 'texts by parameter' },
  accessTokenUrl: { variable: 'ACCESS_TOKEN_URL', read: text },
  accessTokenParams: { variable: 'ACCESS_TOKEN_PARAMS', kind: 'object', read: texts, values: 'texts by parameter' },
  refreshTokenUrl: { variable: 'REFRESH_TOKEN_URL', read: text },
  refreshTokenParams: { variable: 'REFRESH_TOKEN_PARAMS', kind: 'object', read: texts, values: 'texts by parameter' },
  revokeUrl: { variable: 'REVOKE_URL', read: text },
  userinfoUrl: { variable: 'USERINFO_URL', read: text },
  apiBaseUrl: { variable: 'API_BASE_URL', read: text },
  scopes: { variable: 'SCOPE', keyword: 'scope', read: scopes, values: '(text)' },
  profile: {
    variable: 'PROFILE',
    kind: 'object',
    read: (value) => ({ claims: value as ProfileMap['claims'] }),
    values:
      'for each claim the member of user info that holds it, such as {"sub": "data.id", "name": ["name", "login"]}',
  },
  pkce: {
    keyword: 'code_challenge_method',
    read: (value) => (value === 'S256' || value === null ? value !== null : undefined),
    values: '("S256" or null)',
  },
  clientAuthentication: { keyword: 'token_endpoint_auth_method', read: asItIs },
  signingAlgorithm: { keyword: 'token_endpoint_auth_signing_alg', read: asItIs },
  assertionAudience: { keyword: 'assertion_audience', read: asItIs },
  keyId: { keyword: 'key_id', read: text },
  teamId: { keyword: 'team_id', read: text },
  tokenPlacement: {
    keyword: 'token_placement',
    // Authlib calls the query the URI.
    read: (value) => (value === 'uri' ? 'query' : value) as TokenPlacement,
  },
  tokenRequestMethod: { keyword: 'token_request_method', read: asItIs },
  userinfoMethod: { keyword: 'userinfo_method', read: asItIs },
  scopeSeparator: { keyword: 'scope_separator', read: text },
  parameterNames: { keyword: 'parameter_names', read: texts, values: '(object)' },
  apiHosts: { keyword: 'api_hosts', read: textList, values: '(list)' },
  admit: {
    keyword: 'admit',
    read: (value) => (Array.isArray(value) ? { domains: value } : value) as Admission,
    values: '("anybody", "known" or a list of domains)',
  },
  responseMode: { keyword: 'response_mode', read: asItIs },
  signatureMethod: { keyword: 'signature_method', read: asItIs },
  signatureType: { keyword: 'signature_type', read: signatureType },
  realm: { keyword: 'realm', read: text },
  nonce: { keyword: 'nonce', read: either, values: '(true or false)' },
  idTokenAlgorithm: { keyword: 'id_token_signed_response_alg', read: asItIs },
  label: { keyword: 'label', read: (value) => text(value) || undefined, values: '(text)' },
  isPrivate: { keyword: 'private_network', read: either, values: '(true or false)' },
};

/** The table as rows, without what the environment does not give. */
export const SETTING_ROWS = (
  Object.entries(SETTING_VARIABLES) as [keyof RemoteAppSettings, SettingVariable | null][]
).flatMap(([setting, row]) => (row === null ? [] : [[setting, row] as const]));

/** A value of a closed list, which the rules of the settings check. */
function asItIs<Value>(value: unknown): Value {
  return value as Value;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function scopes(value: unknown): readonly string[] | undefined {
  return typeof value === 'string' ? parseScope(value) : undefined;
}

function either(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function textList(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
}

function texts(value: unknown): Readonly<Record<string, string>> | undefined {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && textList(Object.values(value)) ? (value as Record<string, string>) : undefined;
}

/** The place of the signature, also in Authlib's capitals. */
function signatureType(value: unknown): SignatureType {
  const type = String(value).toLowerCase();
  return (type === 'auth_header' ? 'header' : type) as SignatureType;
}
