import type { ConfigFault } from '../../../common/config/config-fault.js';
import { parseScope } from '../../../common/scope.js';
import type { TokenPlacement } from '../remote-request.js';
import type {
  Admission,
  AssertionAudience,
  CallMethod,
  ClientAuthenticationMethod,
  IdTokenAlgorithm,
  RemoteAppSettings,
  ResponseMode,
  SignatureMethod,
  SignatureType,
  SigningAlgorithm,
} from './remote-app-settings.js';

/** The members of `{NAME}_CLIENT_KWARGS`: which setting each one gives, of which JSON types. */
const KEYWORDS = new Map<string, (value: unknown) => Partial<RemoteAppSettings> | undefined>([
  ['scope', (value) => (typeof value === 'string' ? { scopes: parseScope(value) } : undefined)],
  ['code_challenge_method', (value) => (value === 'S256' || value === null ? { pkce: value !== null } : undefined)],
  ['token_endpoint_auth_method', (value) => ({ clientAuthentication: value as ClientAuthenticationMethod })],
  ['token_endpoint_auth_signing_alg', (value) => ({ signingAlgorithm: value as SigningAlgorithm })],
  ['assertion_audience', (value) => ({ assertionAudience: value as AssertionAudience })],
  ['key_id', (value) => (typeof value === 'string' ? { keyId: value } : undefined)],
  ['team_id', (value) => (typeof value === 'string' ? { teamId: value } : undefined)],
  ['token_placement', (value) => ({ tokenPlacement: (value === 'uri' ? 'query' : value) as TokenPlacement })],
  ['userinfo_method', (value) => ({ userinfoMethod: value as CallMethod })],
  ['token_request_method', (value) => ({ tokenRequestMethod: value as CallMethod })],
  ['scope_separator', (value) => (typeof value === 'string' ? { scopeSeparator: value } : undefined)],
  ['parameter_names', (value) => (isTexts(value) ? { parameterNames: value } : undefined)],
  ['api_hosts', (value) => (isTextList(value) ? { apiHosts: value } : undefined)],
  ['response_mode', (value) => ({ responseMode: value as ResponseMode })],
  ['nonce', (value) => (typeof value === 'boolean' ? { nonce: value } : undefined)],
  ['id_token_signed_response_alg', (value) => ({ idTokenAlgorithm: value as IdTokenAlgorithm })],
  ['signature_method', (value) => ({ signatureMethod: value as SignatureMethod })],
  ['signature_type', (value) => signatureTypeOf(value)],
  ['rsa_key', (value) => (typeof value === 'string' ? { rsaKey: value } : undefined)],
  ['realm', (value) => (typeof value === 'string' ? { realm: value } : undefined)],
  ['admit', (value) => ({ admit: (Array.isArray(value) ? { domains: value } : value) as Admission })],
  ['label', (value) => (typeof value === 'string' && value !== '' ? { label: value } : undefined)],
  ['private_network', (value) => (typeof value === 'boolean' ? { isPrivate: value } : undefined)],
]);

const KEYWORD_FIX =
  'give a JSON object with any of scope (text), code_challenge_method ("S256" or null), token_endpoint_auth_method, ' +
  'token_endpoint_auth_signing_alg, assertion_audience, key_id, team_id, token_placement, userinfo_method, token_request_method, ' +
  'scope_separator, parameter_names (object), api_hosts (list), admit ("anybody", "known" or a list of domains), ' +
  'response_mode, signature_method, signature_type, rsa_key, realm, nonce (true or false), id_token_signed_response_alg, label (text), private_network (true or false)';

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && isTextList(Object.values(value));
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

/** The place of the signature, also in Authlib's capitals. */
function signatureTypeOf(value: unknown): Partial<RemoteAppSettings> {
  const type = String(value).toLowerCase();
  return { signatureType: (type === 'auth_header' ? 'header' : type) as SignatureType };
}

/** Reads the JSON of a `{NAME}_CLIENT_KWARGS`; every member that is unknown or of a wrong type is a fault. */
export function readClientKeywords(
  name: string,
  json: string | undefined,
): { settings: Partial<RemoteAppSettings>; faults: ConfigFault[] } {
  if (json === undefined) return { settings: {}, faults: [] };
  const members = parseObject(json);
  if (members === undefined) {
    return { settings: {}, faults: [{ name, problem: 'is not a JSON object', fix: KEYWORD_FIX }] };
  }
  const read = Object.entries(members).map(([keyword, value]) => [keyword, KEYWORDS.get(keyword)?.(value)] as const);
  return {
    settings: Object.assign({}, ...read.map(([, setting]) => setting ?? {})),
    faults: read.flatMap(([keyword, setting]) =>
      setting === undefined
        ? [{ name, problem: `has an unknown member or a wrong value: ${keyword}`, fix: KEYWORD_FIX }]
        : [],
    ),
  };
}

/** The JSON object in a text; undefined for anything else. */
export function parseObject(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
