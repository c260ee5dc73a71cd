import type { ServiceMark } from '../../../ui/components/service-mark.js';
import type { ProfileMap } from '../profile/profile-map.js';
import type { TokenPlacement } from '../remote-request.js';
import type { ComplianceHooks } from './compliance-hooks.js';

/**
 * A provider to sign in at, as a team configures it. A name that a preset has needs its credentials alone; whatever is
 * given here overrides the preset's. Without `protocol`, `requestTokenUrl` makes it an OAuth 1.0a provider,
 * `authorizeUrl` an OAuth 2 provider, and `issuer` alone
 * an OpenID Connect provider, which is discovered.
 */
export interface RemoteAppSettings {
  /** Part of the URL `/auth/<name>`: lower case letters, digits and `-`. */
  readonly name: string;
  /** The preset to start from, where it is not the one of this name, for example `github` for a second app there. */
  readonly preset?: string;
  /**
   * `oauth1`, `oauth2`, `oidc`, or a name that a class of yours claims by `@LoginProtocol`; absent: the one that the addresses
   * imply.
   */
  readonly protocol?: string;
  /** The name that end users know; absent: the preset's, or one made from `name`. */
  readonly label?: string;
  readonly clientId: string;
  /** Absent only with client authentication `none`. */
  readonly clientSecret?: string;
  /** The issuer identifier: where to discover an OpenID Connect provider, or what `iss` of an OAuth 2 one must be. */
  readonly issuer?: string;
  /** Where the metadata of an OpenID Connect provider stand; absent: where its issuer says (Discovery section 4). */
  readonly serverMetadataUrl?: string;
  /** Where an OAuth 1.0a provider gives temporary credentials (RFC 5849 section 2.1). */
  readonly requestTokenUrl?: string;
  /** Further parameters of the request for temporary credentials. */
  readonly requestTokenParams?: Readonly<Record<string, string>>;
  readonly authorizeUrl?: string;
  readonly accessTokenUrl?: string;
  /** Further parameters of the request for tokens. */
  readonly accessTokenParams?: Readonly<Record<string, string>>;
  /** How tokens are asked for at a plain OAuth 2 provider; absent: `POST`. By `GET` the parameters stand in the address. */
  readonly tokenRequestMethod?: CallMethod;
  /** Where tokens are refreshed; absent: at the access token URL, as RFC 6749 section 6 has it. */
  readonly refreshTokenUrl?: string;
  /** Further parameters of the request for a refresh. */
  readonly refreshTokenParams?: Readonly<Record<string, string>>;
  /**
   * Where tokens are taken back (RFC 7009); absent: where an OpenID Connect provider's metadata say, or nowhere.
   * `{client_id}` stands for the id of this client.
   */
  readonly revokeUrl?: string;
  /** How requests to an OAuth 1.0a provider are signed; absent: `HMAC-SHA1`. */
  readonly signatureMethod?: SignatureMethod;
  /** Where the parameters of OAuth 1.0a stand; absent: `header`. A body that is no form has them in the header too. */
  readonly signatureType?: SignatureType;
  /** The private RSA key as PEM, for the signature methods by RSA. */
  readonly rsaKey?: string;
  /** The realm of the Authorization header of OAuth 1.0a. */
  readonly realm?: string;
  /**
   * Absolute, or relative to `apiBaseUrl`. A name in braces is a member of the token response:
   * `users/show.json?uid={uid}`.
   */
  readonly userinfoUrl?: string;
  /** How user info is asked for; absent: `GET`. */
  readonly userinfoMethod?: CallMethod;
  /** Where access tokens stand in requests to the API (RFC 6750 section 2); absent: `header`. */
  readonly tokenPlacement?: TokenPlacement;
  readonly apiBaseUrl?: string;
  /** Further hosts that tokens may be sent to, besides that of `apiBaseUrl`: `uploads.github.com`. */
  readonly apiHosts?: readonly string[];
  /** Scope tokens to ask for. */
  readonly scopes?: readonly string[];
  /** What stands between scope tokens; absent: a space, as RFC 6749 section 3.3 has it. */
  readonly scopeSeparator?: string;
  /** What a plain OAuth 2 provider calls parameters of RFC 6749: `{ client_id: 'appid', client_secret: 'secret' }`. */
  readonly parameterNames?: Readonly<Record<string, string>>;
  /** How this client proves itself at the token endpoint (RFC 6749 section 2.3); absent: `client_secret_basic`. */
  readonly clientAuthentication?: ClientAuthenticationMethod;
  /** The private key that signs for this client, as PKCS #8 in PEM or as a JWK in JSON. */
  readonly privateKey?: string;
  /** The id of that key at the provider (`kid`). */
  readonly keyId?: string;
  /** The issuer of a `minted_secret`: the id of the team at Apple. */
  readonly teamId?: string;
  /** The algorithm of that key; absent: the usual one of its kind, such as RS256 or ES256. */
  readonly signingAlgorithm?: SigningAlgorithm;
  /** Whom a signed assertion is for; absent: `issuer` where it is known, since only the provider may be able to use it. */
  readonly assertionAudience?: AssertionAudience;
  /** False for a provider that trips over PKCE (RFC 7636); S256 is sent otherwise. */
  readonly pkce?: boolean;
  /**
   * Further parameters of the authorization request, such as `{ access_type: 'offline' }`; none that the protocol itself
   * sets.
   */
  readonly authorizeParams?: Readonly<Record<string, string>>;
  /**
   * False for an OpenID Connect provider that leaves the nonce out of its id_tokens, such as LinkedIn. PKCE must then be
   * on, which binds the code to this browser as well.
   */
  readonly nonce?: boolean;
  /**
   * The algorithm of the provider's id_tokens, where that is not RS256 and its metadata do not say; `HS256` is checked
   * with the client secret, as LINE signs.
   */
  readonly idTokenAlgorithm?: IdTokenAlgorithm;
  /** How the answer comes back; absent: as the provider does by default, in the query. */
  readonly responseMode?: ResponseMode;
  /** True for a provider in a private network, which a server with an https issuer calls only then. */
  readonly isPrivate?: boolean;
  /** Mends what the provider does otherwise than its standard. */
  readonly compliance?: ComplianceHooks;
  /** How an OAuth 2 provider's user info is read. */
  readonly profile?: ProfileMap;
  /** Who may come in by this provider; absent: anybody. */
  readonly admit?: Admission;
  /** The mark beside its name on buttons, in the colour of the text: `{ viewBox: '0 0 24 24', paths: ['M2 2h20v20H2z'] }`. */
  readonly mark?: ServiceMark;
}

/**
 * Who may come in by a provider: `anybody`; `known`, whose account is linked already; or those whose e-mail address the
 * provider has verified in one of the domains.
 */
export type Admission = 'anybody' | 'known' | { readonly domains: readonly string[] };

/**
 * The client authentication methods that a remote app can use: those of RFC 6749 section 2.3.1, those by a signed
 * assertion (OpenID Connect Core section 9), and two that providers have made up. `client_secret_basic_raw` leaves out
 * the form encoding of the two halves. `minted_secret` is Apple's: a secret in the body that is a JWT signed anew for
 * each request.
 */
export const CLIENT_AUTHENTICATION_METHODS = [
  'client_secret_basic',
  'client_secret_basic_raw',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'minted_secret',
  'none',
] as const;

/** One of the client authentication methods that a remote app can use. */
export type ClientAuthenticationMethod = (typeof CLIENT_AUTHENTICATION_METHODS)[number];

/** The algorithms by which a client signs for itself with a private key (RFC 7518 section 3.1, RFC 8037). */
export const SIGNING_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** One of the algorithms by which a client signs for itself. */
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Whom a signed assertion of a client may be for (RFC 7523 section 3). */
export const ASSERTION_AUDIENCES = ['issuer', 'token_endpoint'] as const;

/** One of the audiences of an assertion. */
export type AssertionAudience = (typeof ASSERTION_AUDIENCES)[number];

/** The methods by which a provider can be asked. */
export const CALL_METHODS = ['GET', 'POST'] as const;

/** One of the methods by which a provider can be asked. */
export type CallMethod = (typeof CALL_METHODS)[number];

/** The algorithms of id_tokens that can be checked. */
export const ID_TOKEN_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'HS256'] as const;

/** One of the algorithms of id_tokens that can be checked. */
export type IdTokenAlgorithm = (typeof ID_TOKEN_ALGORITHMS)[number];

/** The response modes that a remote app can be asked for. */
export const RESPONSE_MODES = ['query', 'form_post'] as const;

/** One of the response modes that a remote app can be asked for. */
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/**
 * The signature methods. RFC 5849 section 3.4 has PLAINTEXT and those by SHA-1; the two by SHA-256 are no part of it and
 * are the same with another hash, as OAuth Core 1.0 implementations such as oauthlib have them.
 */
export const SIGNATURE_METHODS = ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'RSA-SHA256', 'PLAINTEXT'] as const;

/** One of the signature methods. */
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/** Where the parameters of the protocol stand in a request (RFC 5849 section 3.5). */
export const SIGNATURE_TYPES = ['header', 'body', 'query'] as const;

/** One of the places for the parameters of the protocol. */
export type SignatureType = (typeof SIGNATURE_TYPES)[number];
