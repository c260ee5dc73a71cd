import type { ConfigFault } from '../../../common/config/config-fault.js';
import { PRESETS } from '../presets/presets.js';
import type { ProfileMap } from '../profile/profile-map.js';
import type { RemoteApp } from '../remote-app.js';
import { SETTING_RULES } from './remote-app-setting-rules.js';
import type { RemoteAppSettings } from './remote-app-settings.js';

/** A fault of one remote app; `name` is the setting's. */
export type SettingFault = ConfigFault & { readonly name: keyof RemoteAppSettings };

const OIDC_SCOPES = ['openid', 'email', 'profile'];

/** What most providers of plain OAuth 2 call these things; an e-mail counts only with `email_verified: true`. */
const USUAL_PROFILE: ProfileMap = {
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

/**
 * Fills the settings up from the preset of that name and checks them: the whole remote app, or every fault of it.
 * `allowHttp` is for a server whose own issuer is http, in development.
 */
export function completeRemoteApp(
  settings: RemoteAppSettings,
  allowHttp: boolean,
): { readonly app: RemoteApp } | { readonly faults: readonly SettingFault[] } {
  const given = withPreset(settings);
  const faults = SETTING_RULES.filter(([, holds]) => !holds(given, allowHttp)).map(
    ([name, , problem, fix]): SettingFault => ({ name, problem, fix }),
  );
  return faults.length === 0 ? { app: complete(given) } : { faults };
}

/** A preset's issuer goes with its authorize URL: whoever moves the one (GitHub Enterprise) has moved the other. */
function withPreset(settings: RemoteAppSettings): RemoteAppSettings {
  const preset = PRESETS.get(settings.name);
  if (preset === undefined || settings.authorizeUrl === undefined) return { ...preset, ...settings };
  const { issuer: _, ...elsewhere } = preset;
  return { ...elsewhere, ...settings };
}

function complete(given: RemoteAppSettings): RemoteApp {
  const { name, clientId, clientSecret, issuer, authorizeUrl, accessTokenUrl, userinfoUrl } = given;
  const any = {
    name,
    label: given.label ?? name.charAt(0).toUpperCase() + name.slice(1),
    clientId,
    clientSecret,
    clientAuthentication: given.clientAuthentication ?? 'client_secret_basic',
    pkce: given.pkce ?? true,
    responseMode: given.responseMode ?? 'query',
    isPrivate: given.isPrivate ?? false,
  };
  if (authorizeUrl === undefined || accessTokenUrl === undefined || userinfoUrl === undefined) {
    return { ...any, protocol: 'oidc', issuer: issuer as string, scopes: given.scopes ?? OIDC_SCOPES };
  }
  const apiBaseUrl = given.apiBaseUrl?.replace(/\/*$/, '/');
  return {
    ...any,
    protocol: 'oauth2',
    issuer,
    authorizeUrl,
    accessTokenUrl,
    userinfoUrl: new URL(userinfoUrl, apiBaseUrl).href,
    apiBaseUrl,
    scopes: given.scopes ?? [],
    profile: given.profile ?? USUAL_PROFILE,
  };
}
