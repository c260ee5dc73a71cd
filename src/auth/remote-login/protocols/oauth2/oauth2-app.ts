import type { KeyObject } from 'node:crypto';
import type { ProfileMap } from '../../profile/profile-map.js';
import type { RemoteApp } from '../../remote-app.js';
import type { TokenPlacement } from '../../remote-request.js';
import { algorithmOf, readPrivateKey } from '../../settings/private-key.js';
import type {
  AssertionAudience,
  CallMethod,
  ClientAuthenticationMethod,
  SigningAlgorithm,
} from '../../settings/remote-app-settings.js';
import {
  AUTHORIZE_PARAMS_RULE,
  addressRule,
  apiOf,
  CHOICE_RULES,
  type Completed,
  CREDENTIAL_RULES,
  faultsOf,
  isFilled,
  isWebAddress,
  type NamedSettings,
  type SettingRule,
} from '../../settings/setting-rule.js';

/** The registration of this client at the provider, for plain OAuth 2 and OpenID Connect alike. */
export interface OAuthClientApp extends RemoteApp {
  /** The issuer identifier; undefined where it is not known. */
  readonly issuer: string | undefined;
  readonly clientId: string;
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
  readonly clientAuthentication: ClientAuthenticationMethod;
  /** The key that signs for this client; undefined for one that proves itself otherwise. */
  readonly signing: ClientSigning | undefined;
  readonly assertionAudience: AssertionAudience;
  readonly tokenPlacement: TokenPlacement;
  /** Undefined: at the token endpoint. */
  readonly refreshTokenUrl: string | undefined;
  readonly refreshTokenParams: Readonly<Record<string, string>>;
  /** Undefined where tokens cannot be taken back, or where the provider's metadata say. */
  readonly revokeUrl: string | undefined;
  /** What the provider calls parameters of RFC 6749, by their standard names. */
  readonly tokenRequestMethod: CallMethod;
  readonly parameterNames: Readonly<Record<string, string>>;
  readonly scopes: readonly string[];
  readonly pkce: boolean;
  /** Further parameters of the authorization request. */
  readonly authorizeParams: Readonly<Record<string, string>>;
  readonly isPrivate: boolean;
}

/** A private key with what goes into the JWTs that it signs. */
export interface ClientSigning {
  readonly key: KeyObject;
  readonly algorithm: SigningAlgorithm;
  readonly keyId: string | undefined;
  readonly teamId: string | undefined;
}

/** A provider of plain OAuth 2 with a user info endpoint of its own making. */
export interface OAuth2RemoteApp extends OAuthClientApp {
  /**
   * The value that `iss` in the authorization response must have if the provider sends `iss` (RFC 9207); undefined
   * where it is not known.
   */
  readonly issuer: string | undefined;
  readonly authorizeUrl: string;
  readonly accessTokenUrl: string;
  /** Further parameters of the token request. */
  readonly accessTokenParams: Readonly<Record<string, string>>;
  /** A name in braces stands for a member of the token response. */
  readonly userinfoUrl: string;
  readonly userinfoMethod: CallMethod;
  readonly scopeSeparator: string;
  /** The URL that relative addresses begin with, ending in `/`; undefined where no address is relative. */
  readonly apiBaseUrl: string | undefined;
  readonly profile: ProfileMap;
}

/**
 * The names that most providers of plain OAuth 2 give to these claims. An e-mail address counts only with
 * `email_verified: true`.
 */
export const USUAL_PROFILE: ProfileMap = {
  claims: {
    sub: ['sub', 'id', 'user_id'],
    name: ['name', 'display_name'],
    given_name: 'given_name',
    family_name: 'family_name',
    preferred_username: ['preferred_username', 'username', 'login'],
    picture: ['picture', 'avatar_url'],
    locale: 'locale',
    email: 'email',
    email_verified: 'email_verified',
  },
};

const RULES: readonly SettingRule[] = [
  ...CREDENTIAL_RULES,
  ...(['authorizeUrl', 'accessTokenUrl', 'userinfoUrl'] as const).map(
    (setting): SettingRule => [
      setting,
      (given) => isFilled(given[setting]),
      'is missing',
      'set it, since a provider of plain OAuth 2 needs its authorize, access token and userinfo URLs',
    ],
  ),
  ...(['issuer', 'authorizeUrl', 'accessTokenUrl', 'refreshTokenUrl', 'revokeUrl', 'apiBaseUrl'] as const).map(
    addressRule,
  ),
  [
    'userinfoUrl',
    ({ userinfoUrl, apiBaseUrl }, allowHttp) =>
      !isFilled(userinfoUrl) || isWebAddress(userinfoUrl, allowHttp, apiBaseUrl),
    'is neither an absolute https URL nor relative to an API base URL',
    'give one that starts with https://, or set the API base URL',
  ],
  AUTHORIZE_PARAMS_RULE,
  ...CHOICE_RULES,
];

/** Checks and completes the settings of a provider of plain OAuth 2. */
export function completeOAuth2App(given: NamedSettings, allowHttp: boolean): Completed<OAuth2RemoteApp> {
  const faults = faultsOf(RULES, given, allowHttp);
  if (faults.length > 0) return { faults };
  const { issuer, authorizeUrl = '', accessTokenUrl = '', userinfoUrl = '' } = given;
  const { apiBaseUrl } = apiOf(given);
  const app: OAuth2RemoteApp = {
    ...clientOf(given),
    issuer,
    authorizeUrl,
    accessTokenUrl,
    accessTokenParams: given.accessTokenParams ?? {},
    userinfoUrl: new URL(userinfoUrl, apiBaseUrl).href.replaceAll('%7B', '{').replaceAll('%7D', '}'),
    userinfoMethod: given.userinfoMethod ?? 'GET',
    scopeSeparator: given.scopeSeparator ?? ' ',
    apiBaseUrl,
    scopes: given.scopes ?? [],
    profile: given.profile ?? USUAL_PROFILE,
  };
  return { app };
}

/** This client at the provider, with the defaults for what is not given. */
export function clientOf(given: NamedSettings): Omit<OAuthClientApp, 'scopes' | 'issuer'> {
  const { name, label, protocol, clientId, clientSecret } = given;
  return {
    name,
    label,
    protocol,
    clientId,
    clientSecret,
    clientAuthentication: given.clientAuthentication ?? 'client_secret_basic',
    signing: signingOf(given),
    assertionAudience: given.assertionAudience ?? 'issuer',
    tokenPlacement: given.tokenPlacement ?? 'header',
    refreshTokenUrl: given.refreshTokenUrl,
    refreshTokenParams: given.refreshTokenParams ?? {},
    revokeUrl: given.revokeUrl,
    tokenRequestMethod: given.tokenRequestMethod ?? 'POST',
    parameterNames: given.parameterNames ?? {},
    pkce: given.pkce ?? true,
    authorizeParams: given.authorizeParams ?? {},
    responseMode: given.responseMode ?? 'query',
    isPrivate: given.isPrivate ?? false,
    compliance: given.compliance,
    ...apiOf(given),
  };
}

function signingOf({ privateKey = '', signingAlgorithm, keyId, teamId }: NamedSettings): ClientSigning | undefined {
  const key = readPrivateKey(privateKey);
  const algorithm = key && algorithmOf(key, signingAlgorithm);
  return key && algorithm && { key, algorithm, keyId, teamId };
}
