import { presetNames } from '../../presets/preset.js';
import type { IdTokenAlgorithm, RemoteAppSettings } from '../../settings/remote-app-settings.js';
import {
  AUTHORIZE_PARAMS_RULE,
  addressRule,
  CHOICE_RULES,
  type Completed,
  CREDENTIAL_RULES,
  faultsOf,
  ID_TOKEN_RULES,
  isFilled,
  type NamedSettings,
  type SettingRule,
} from '../../settings/setting-rule.js';
import { clientOf, type OAuthClientApp } from '../oauth2/oauth2-app.js';

/** An OpenID Connect provider, discovered from its issuer. */
export interface OidcRemoteApp extends OAuthClientApp {
  readonly issuer: string;
  /** Where its metadata stand; undefined: where the issuer says. */
  readonly serverMetadataUrl: string | undefined;
  /** False where id_tokens have no nonce. */
  readonly nonce: boolean;
  /** Undefined: what the provider's metadata say, or RS256. */
  readonly idTokenAlgorithm: IdTokenAlgorithm | undefined;
}

const SCOPES = ['openid', 'email', 'profile'];

const RULES: readonly SettingRule[] = [
  ...CREDENTIAL_RULES,
  [
    'issuer',
    (given) => isFilled(issuerOf(given)),
    'is missing',
    'set it for an OpenID Connect provider; for one of plain OAuth 2 set the authorize, access token and userinfo ' +
      `URLs; known by their names alone are ${presetNames().join(', ')}`,
  ],
  ...(['issuer', 'serverMetadataUrl', 'refreshTokenUrl', 'revokeUrl', 'apiBaseUrl'] as const).map(addressRule),
  AUTHORIZE_PARAMS_RULE,
  ...ID_TOKEN_RULES,
  ...CHOICE_RULES,
];

/** Checks and completes the settings of an OpenID Connect provider. */
export function completeOidcApp(given: NamedSettings, allowHttp: boolean): Completed<OidcRemoteApp> {
  const faults = faultsOf(RULES, given, allowHttp);
  if (faults.length > 0) return { faults };
  const { scopes = SCOPES, nonce = true, idTokenAlgorithm, serverMetadataUrl } = given;
  const issuer = issuerOf(given) ?? '';
  return {
    app: { ...clientOf(given), issuer, serverMetadataUrl, scopes, nonce, idTokenAlgorithm, provesAgain: true },
  };
}

/** The issuer, or the one whose metadata stand at the address that is given (OpenID Connect Discovery section 4). */
function issuerOf({ issuer, serverMetadataUrl }: NamedSettings | RemoteAppSettings): string | undefined {
  return issuer ?? serverMetadataUrl?.match(/^(.*)\/\.well-known\/openid-configuration$/)?.[1];
}
