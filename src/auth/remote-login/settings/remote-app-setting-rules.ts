import { CLIENT_AUTHENTICATION_METHODS, RESPONSE_MODES, type RemoteAppSettings } from './remote-app-settings.js';

/** One line of the table: which setting, what must hold of all of them together, and what to say when it does not. */
export type SettingRule = readonly [
  setting: keyof RemoteAppSettings,
  holds: (given: RemoteAppSettings, allowHttp: boolean) => boolean,
  problem: string,
  fix: string,
];

/** What must hold of a remote app's settings, the preset's included. */
export const SETTING_RULES: readonly SettingRule[] = [
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
    'clientSecret',
    ({ clientSecret, clientAuthentication }) => isFilled(clientSecret) || clientAuthentication === 'none',
    'is missing',
    'set it to the secret that the provider gave you, or choose client authentication "none" for a public client',
  ],
  [
    'issuer',
    ({ issuer, authorizeUrl }) => isFilled(issuer) || isFilled(authorizeUrl),
    'is missing',
    'set it for an OpenID Connect provider; for one of plain OAuth 2 set the authorize, access token and userinfo URLs',
  ],
  ...(['accessTokenUrl', 'userinfoUrl'] as const).map(
    (setting): SettingRule => [
      setting,
      (given) => !isFilled(given.authorizeUrl) || isFilled(given[setting]),
      'is missing',
      'set it, since the authorize URL makes this a provider of plain OAuth 2',
    ],
  ),
  ...(['issuer', 'authorizeUrl', 'accessTokenUrl', 'apiBaseUrl'] as const).map(
    (setting): SettingRule => [
      setting,
      (given, allowHttp) => !isFilled(given[setting]) || isWebAddress(given[setting], allowHttp),
      'is not an absolute https URL',
      'give one that starts with https:// and has no fragment; http:// is for a server whose own issuer is http',
    ],
  ),
  [
    'userinfoUrl',
    ({ userinfoUrl, apiBaseUrl }, allowHttp) =>
      !isFilled(userinfoUrl) || isWebAddress(userinfoUrl, allowHttp, apiBaseUrl),
    'is neither an absolute https URL nor relative to an API base URL',
    'give one that starts with https://, or set the API base URL',
  ],
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
];

function isFilled(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function isWebAddress(text: string, allowHttp: boolean, base?: string): boolean {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  if (url === undefined || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (allowHttp && url.protocol === 'http:');
}
