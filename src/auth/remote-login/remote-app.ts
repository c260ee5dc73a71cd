import type { ProfileMap } from './profile/profile-map.js';
import type { ClientAuthenticationMethod, ResponseMode } from './settings/remote-app-settings.js';

/** A provider to sign in at, whole and checked. */
export type RemoteApp = OAuth2RemoteApp | OidcRemoteApp;

interface AnyRemoteApp {
  readonly name: string;
  /** The name that people know. */
  readonly label: string;
  readonly clientId: string;
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
  readonly clientAuthentication: ClientAuthenticationMethod;
  readonly scopes: readonly string[];
  readonly pkce: boolean;
  readonly responseMode: ResponseMode;
  readonly isPrivate: boolean;
}

/** A provider of plain OAuth 2 with a user info endpoint of its own making. */
export interface OAuth2RemoteApp extends AnyRemoteApp {
  readonly protocol: 'oauth2';
  /** What `iss` in the authorization response must be if the provider sends it (RFC 9207); undefined: not known. */
  readonly issuer: string | undefined;
  readonly authorizeUrl: string;
  readonly accessTokenUrl: string;
  readonly userinfoUrl: string;
  /** Ends in `/`; undefined where nothing is relative to it. */
  readonly apiBaseUrl: string | undefined;
  readonly profile: ProfileMap;
}

/** An OpenID Connect provider, discovered from its issuer. */
export interface OidcRemoteApp extends AnyRemoteApp {
  readonly protocol: 'oidc';
  readonly issuer: string;
}
