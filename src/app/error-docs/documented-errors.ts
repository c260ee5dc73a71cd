import type { LoginFailureCode } from '../../auth/remote-login/login-failure.js';

/** What a developer has to know of an error code. */
export interface DocumentedError {
  /** What has happened. */
  readonly means: string;
  /** What to change, and where. */
  readonly cure: string;
  /** The standard that has the code; undefined for one of our own. */
  readonly definedIn?: string;
}

/** The codes of refusals by this server, but for those of signing in at a provider. */
const OF_PROTOCOLS = {
  access_denied: {
    means: 'The end user, a rule of this server or the page that a form came from did not allow the request.',
    cure: 'Tell the end user that nothing was allowed and let them start again; do not repeat the request by yourself.',
    definedIn: 'RFC 6749 section 4.1.2.1',
  },
  consent_required: {
    means: 'The request says prompt=none, and the end user has not yet allowed what it asks for.',
    cure: 'Send the end user once more without prompt=none.',
    definedIn: 'OpenID Connect Core section 3.1.2.6',
  },
  insufficient_scope: {
    means: 'The access token is good, and lacks a scope that the route needs; the challenge lists them.',
    cure: 'Ask for the scope in the authorization or token request. It must be registered for the client.',
    definedIn: 'RFC 6750 section 3.1',
  },
  interaction_required: {
    means: 'The request says prompt=none, and the end user must see a page.',
    cure: 'Send the end user once more without prompt=none.',
    definedIn: 'OpenID Connect Core section 3.1.2.6',
  },
  invalid_client: {
    means:
      'The client is unknown or disabled, or it authenticated in another way or with another secret than registered.',
    cure: 'Compare client_id, secret and token_endpoint_auth_method with the registration. In HTTP Basic both are form-urlencoded before they are joined (RFC 6749 section 2.3.1).',
    definedIn: 'RFC 6749 section 5.2',
  },
  invalid_client_metadata: {
    means: 'The registration of a client contradicts itself, or has a value that is not taken here.',
    cure: 'Change the members that error_description lists.',
    definedIn: 'RFC 7591 section 3.2.2',
  },
  invalid_grant: {
    means:
      'What was to be exchanged for tokens does not hold: a code or refresh token that is used, expired, revoked or of another client, another redirect_uri or code_verifier than at the start, or a wrong password.',
    cure: 'Send the end user through the authorization request again. Use each code once, and of refresh tokens always the newest.',
    definedIn: 'RFC 6749 section 5.2',
  },
  invalid_request: {
    means:
      'A parameter is missing, is there twice, has a value that is not taken, or the request has another form than the endpoint reads.',
    cure: 'error_description names the parameter and what to send in its place.',
    definedIn: 'RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1',
  },
  invalid_scope: {
    means: 'A scope does not exist here, or is not registered for this client.',
    cure: 'Ask for fewer scopes, or have the scope added to the registration of the client.',
    definedIn: 'RFC 6749 sections 4.1.2.1 and 5.2',
  },
  invalid_token: {
    means: 'The access token is malformed, unknown, expired, revoked or meant for another API.',
    cure: 'Get a new one by the refresh token, or send the end user through the authorization request again.',
    definedIn: 'RFC 6750 section 3.1',
  },
  login_required: {
    means: 'Nobody is signed in at the browser, or not recently enough for prompt=none and max_age.',
    cure: 'Send the browser to sign in: an authorization request without prompt=none, or the link of the answer.',
    definedIn: 'OpenID Connect Core section 3.1.2.6',
  },
  missing_token: {
    means: 'The route needs an access token, and none came.',
    cure: 'Send the header Authorization: Bearer TOKEN. A token in the query is not read.',
  },
  not_found: {
    means: 'Nothing is at the address.',
    cure: 'Take the addresses of endpoints from /.well-known/openid-configuration.',
  },
  registration_not_supported: {
    means: 'The authorization request has the parameter registration, which is not taken here.',
    cure: 'Register the client beforehand, and leave the parameter out.',
    definedIn: 'OpenID Connect Core section 3.1.2.6',
  },
  request_not_supported: {
    means: 'The authorization request has a request object, which is not taken here.',
    cure: 'Send its members as parameters.',
    definedIn: 'OpenID Connect Core section 3.1.2.6',
  },
  request_uri_not_supported: {
    means: 'The authorization request has a request object by reference, which is not taken here.',
    cure: 'Send its members as parameters.',
    definedIn: 'OpenID Connect Core section 3.1.2.6',
  },
  server_error: {
    means: 'Something failed in this server; nothing is half done.',
    cure: 'Ask the operator, with the reference of the page or the time of the request: the log says what failed.',
    definedIn: 'RFC 6749 section 4.1.2.1',
  },
  temporarily_unavailable: {
    means: 'Something that the answer needs, such as the database, does not work just now.',
    cure: 'Send the same request again, after as many seconds as the header Retry-After says.',
    definedIn: 'RFC 6749 section 4.1.2.1',
  },
  unauthorized_client: {
    means: 'The client may not use this grant type, response type or token format.',
    cure: 'Have it added to grant_types or response_types of the registration, or use another that is there.',
    definedIn: 'RFC 6749 sections 4.1.2.1 and 5.2',
  },
  unsupported_grant_type: {
    means: 'This server has no such grant type.',
    cure: 'Use one of grant_types_supported in the server metadata.',
    definedIn: 'RFC 6749 section 5.2',
  },
  unsupported_response_type: {
    means: 'This server has no such response type.',
    cure: 'Use one of response_types_supported in the server metadata: code, as a rule.',
    definedIn: 'RFC 6749 section 4.1.2.1',
  },
} as const satisfies Record<string, DocumentedError>;

const TRY_AGAIN = 'Start the sign-in again. If it happens each time, the log of this server has the detail.';
const LOOK_AT_SETTINGS =
  'Compare the settings of the provider here with what the provider has registered; the log has its answer.';

/** The codes of signing in at a provider. */
const OF_LOGINS: Readonly<Record<Exclude<LoginFailureCode, keyof typeof OF_PROTOCOLS>, DocumentedError>> = {
  account_disabled: {
    means: 'The account that the identity at the provider is linked to is disabled.',
    cure: 'The operator of this server can enable it.',
  },
  answer_incomplete: {
    means: 'The provider sent the browser back with neither a code nor an error.',
    cure: 'Compare response type and callback address with what the provider has registered.',
  },
  authorization_refused: {
    means: 'The provider answered the authorization request with an error.',
    cure: LOOK_AT_SETTINGS,
  },
  flow_expired: { means: 'Signing in at the provider took longer than ten minutes.', cure: 'Start the sign-in again.' },
  flow_unknown: {
    means: 'The answer of the provider belongs to no sign-in that is under way in this browser.',
    cure: 'Start and end a sign-in at one host name, with cookies allowed; use an answer once.',
  },
  id_token_invalid: {
    means: 'The id_token of the provider failed a check: signature, issuer, audience, times or nonce.',
    cure: LOOK_AT_SETTINGS,
  },
  issuer_mismatch: {
    means: 'The answer names another issuer than the one asked (RFC 9207).',
    cure: LOOK_AT_SETTINGS,
  },
  link_required: {
    means: 'The route needs an account at the provider, or more of it than was allowed.',
    cure: 'Send the browser to start_url of the answer.',
  },
  linked_elsewhere: {
    means: 'The account at the provider is linked to another account here.',
    cure: 'Sign out, and sign in with the provider.',
  },
  not_admitted: {
    means: 'The operator lets others in by this provider.',
    cure: 'Use another account, or ask the operator.',
  },
  not_proven_again: {
    means: 'The end user was to prove again who they are, and the provider asked them nothing.',
    cure: 'Use another way to sign in.',
  },
  profile_unusable: {
    means: 'What the provider says of the end user is missing, malformed or without a subject.',
    cure: 'Compare the scopes and the profile map of the provider with its documentation.',
  },
  provider_answer_too_large: { means: 'The answer of the provider is over the size limit.', cure: TRY_AGAIN },
  provider_metadata_unusable: {
    means: 'The discovery document of the provider is missing, malformed or of another issuer.',
    cure: LOOK_AT_SETTINGS,
  },
  provider_too_slow: { means: 'The provider did not answer in time.', cure: TRY_AGAIN },
  provider_unreachable: {
    means: 'The provider cannot be reached, redirects instead of answering, or has a private address.',
    cure: 'Look at the network and the proxy of this server; the log has the fault.',
  },
  reauth_required: {
    means: 'The provider takes the tokens of the end user no more, or there are none.',
    cure: 'Send the browser to start_url of the answer.',
  },
  token_refused: { means: 'The token endpoint of the provider gave no token.', cure: LOOK_AT_SETTINGS },
  unknown_provider: { means: 'No provider of this name is set up here.', cure: 'Use a name of LOGIN_PROVIDERS.' },
};

/** Every error code of this server by its name on the wire. */
export const DOCUMENTED_ERRORS: Readonly<Record<string, DocumentedError>> = { ...OF_PROTOCOLS, ...OF_LOGINS };
