import { presetNames } from '../../presets/preset.js';
import type { IdTokenAlgorithm } from '../../settings/remote-app-settings.js';
import {
  AUTHORIZE_PARAMS_RULE,
  addressRule,
  CHOICE_RULES,
  type Completed,
  faultsOf,
  ID_TOKEN_RULES,
  isFilled,
  type NamedSettings,
  SECRET_RULE,
  type SettingRule,
} from '../../settings/setting-rule.js';
import { clientOf, type OAuthClientApp } from '../oauth2/oauth2-app.js';

/** An OpenID Connect provider, discovered from its issuer. */
export interface OidcRemoteApp extends OAuthClientApp {
  readonly issuer: string;
  /** False where id_tokens have no nonce. */
  readonly nonce: boolean;
  /** Undefined: what the provider's metadata say, or RS256. */
  readonly idTokenAlgorithm: IdTokenAlgorithm | undefined;
}

const SCOPES = ['openid', 'email', 'profile'];

const RULES: readonly SettingRule[] = [
  SECRET_RULE,
  [
    'issuer',
    ({ issuer }) => isFilled(issuer),
    'is missing',
    'set it for an OpenID Connect provider; for one of plain OAuth 2 set the authorize, access token and userinfo ' +
      `URLs; known by their names alone are ${presetNames().join(', ')}`,
  ],
  addressRule('issuer'),
  AUTHORIZE_PARAMS_RULE,
  ...ID_TOKEN_RULES,
  ...CHOICE_RULES,
];

/** Checks and completes the settings of an OpenID Connect provider. */
export function completeOidcApp(given: NamedSettings, allowHttp: boolean): Completed<OidcRemoteApp> {
  const faults = faultsOf(RULES, given, allowHttp);
  if (faults.length > 0) return { faults };
  const { issuer = '', scopes = SCOPES, nonce = true, idTokenAlgorithm } = given;
  return { app: { ...clientOf(given), issuer, scopes, nonce, idTokenAlgorithm, provesAgain: true } };
}
