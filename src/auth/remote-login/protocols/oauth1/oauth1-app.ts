import { createPrivateKey } from 'node:crypto';
import type { ProfileMap } from '../../profile/profile-map.js';
import type { RemoteApp } from '../../remote-app.js';
import {
  SIGNATURE_METHODS,
  SIGNATURE_TYPES,
  type SignatureMethod,
  type SignatureType,
} from '../../settings/remote-app-settings.js';
import {
  AUTHORIZE_PARAMS_RULE,
  addressRule,
  apiOf,
  type Completed,
  faultsOf,
  isFilled,
  isWebAddress,
  type NamedSettings,
  type SettingRule,
} from '../../settings/setting-rule.js';
import { USUAL_PROFILE } from '../oauth2/oauth2-app.js';

/** A provider of OAuth 1.0a (RFC 5849). */
export interface OAuth1RemoteApp extends RemoteApp {
  /** The client identifier, `oauth_consumer_key`. */
  readonly clientId: string;
  /** Empty where RSA signs. */
  readonly clientSecret: string;
  readonly signatureMethod: SignatureMethod;
  readonly signatureType: SignatureType;
  /** The private key as PEM; undefined where no RSA key signs. */
  readonly rsaKey: string | undefined;
  readonly realm: string | undefined;
  /** The temporary credential request URI (section 2.1). */
  readonly requestTokenUrl: string;
  readonly requestTokenParams: Readonly<Record<string, string>>;
  /** The resource owner authorization URI (section 2.2). */
  readonly authorizeUrl: string;
  readonly authorizeParams: Readonly<Record<string, string>>;
  /** The token request URI (section 2.3). */
  readonly accessTokenUrl: string;
  readonly accessTokenParams: Readonly<Record<string, string>>;
  /** Undefined where the token response says who signed in. */
  readonly userinfoUrl: string | undefined;
  readonly profile: ProfileMap;
  /** Names the provider in the accounts here; undefined for the authorize URL. */
  readonly issuer: string | undefined;
  readonly isPrivate: boolean;
}

const RULES: readonly SettingRule[] = [
  ...(['requestTokenUrl', 'authorizeUrl', 'accessTokenUrl'] as const).map(
    (setting): SettingRule => [
      setting,
      (given) => isFilled(given[setting]),
      'is missing',
      'set it, since a provider of OAuth 1.0a needs its request token, authorize and access token URLs',
    ],
  ),
  ...(['requestTokenUrl', 'authorizeUrl', 'accessTokenUrl', 'apiBaseUrl', 'issuer'] as const).map(addressRule),
  [
    'userinfoUrl',
    ({ userinfoUrl, apiBaseUrl }, allowHttp) =>
      !isFilled(userinfoUrl) || isWebAddress(userinfoUrl, allowHttp, apiBaseUrl),
    'is neither an absolute https URL nor relative to an API base URL',
    'give one that starts with https://, or set the API base URL',
  ],
  [
    'signatureMethod',
    ({ signatureMethod: method = 'HMAC-SHA1' }) => SIGNATURE_METHODS.includes(method),
    'is not a signature method that is known here',
    `choose one of ${SIGNATURE_METHODS.join(', ')}`,
  ],
  [
    'signatureType',
    ({ signatureType: type = 'header' }) => SIGNATURE_TYPES.includes(type),
    'is not a place for parameters that is known here',
    `choose one of ${SIGNATURE_TYPES.join(', ')}`,
  ],
  [
    'clientSecret',
    ({ clientSecret, signatureMethod }) => isFilled(clientSecret) || signatureMethod?.startsWith('RSA') === true,
    'is missing',
    'set it to the secret that the provider gave you, or choose a signature method by RSA',
  ],
  [
    'rsaKey',
    ({ rsaKey, signatureMethod }) => signatureMethod?.startsWith('RSA') !== true || isRsaKey(rsaKey),
    'is missing or is no private RSA key',
    'set it to the private key as PEM whose public half the provider has',
  ],
  AUTHORIZE_PARAMS_RULE,
];

/** Checks and completes the settings of a provider of OAuth 1.0a. */
export function completeOAuth1App(given: NamedSettings, allowHttp: boolean): Completed<OAuth1RemoteApp> {
  const faults = faultsOf(RULES, given, allowHttp);
  if (faults.length > 0) return { faults };
  const { name, label, protocol, clientId, clientSecret = '', userinfoUrl } = given;
  const api = apiOf(given);
  const app: OAuth1RemoteApp = {
    name,
    label,
    protocol,
    responseMode: 'query',
    clientId,
    clientSecret,
    signatureMethod: given.signatureMethod ?? 'HMAC-SHA1',
    signatureType: given.signatureType ?? 'header',
    rsaKey: given.rsaKey,
    realm: given.realm,
    requestTokenUrl: given.requestTokenUrl ?? '',
    requestTokenParams: given.requestTokenParams ?? {},
    authorizeUrl: given.authorizeUrl ?? '',
    authorizeParams: given.authorizeParams ?? {},
    accessTokenUrl: given.accessTokenUrl ?? '',
    accessTokenParams: given.accessTokenParams ?? {},
    userinfoUrl: isFilled(userinfoUrl) ? new URL(userinfoUrl, api.apiBaseUrl).href : undefined,
    profile: given.profile ?? USUAL_PROFILE,
    issuer: given.issuer,
    isPrivate: given.isPrivate ?? false,
    compliance: given.compliance,
    ...api,
  };
  return { app };
}

function isRsaKey(pem: string | undefined): boolean {
  try {
    return createPrivateKey(pem ?? '').asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
