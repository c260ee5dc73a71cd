/** The public surface: what an application that imports Gatehouse may rely on. Frozen by test/extending/public-surface.spec.ts. */

export { BearerGuard } from './auth/guards/bearer.guard.js';
export { CurrentToken } from './auth/guards/current-token.decorator.js';
export { CurrentUser } from './auth/guards/current-user.decorator.js';
export { RequireScopes } from './auth/guards/require-scopes.decorator.js';
export { RequireSignIn } from './auth/guards/require-sign-in.decorator.js';
export { ACCESS_TOKEN_STRATEGY } from './auth/passport/access-token.strategy.js';
export { PassportGuardModule } from './auth/passport/passport-guard.module.js';
export { PassportLoginModule } from './auth/passport/passport-login.module.js';
export type { RemoteAppGuardOptions } from './auth/passport/remote-app.strategy.js';
export { InjectRemote } from './auth/remote-login/api/inject-remote.decorator.js';
export { RemoteApi, type RemoteCall, RemoteCaller } from './auth/remote-login/api/remote-api.js';
export { RemoteApis } from './auth/remote-login/api/remote-apis.js';
export { LinkedGuard, RequireLinked } from './auth/remote-login/api/require-linked.decorator.js';
export type { LoginAttempt } from './auth/remote-login/flow/login-attempt.js';
export type { FlowSecrets, LoginExchange } from './auth/remote-login/flow/login-exchange.js';
export { LoginFlowStore } from './auth/remote-login/flow/login-flow-store.js';
export type { LoginOptions } from './auth/remote-login/login.options.js';
export { LoginFailure, type LoginFailureCode, type LoginFailureFacts } from './auth/remote-login/login-failure.js';
export { preset } from './auth/remote-login/presets/preset-settings.js';
export type { ExtraCall, ProfileMap } from './auth/remote-login/profile/profile-map.js';
export type { RemoteIdentity, RemoteProfile } from './auth/remote-login/profile/remote-identity.js';
export { LoginProtocol, type LoginProtocolHandler } from './auth/remote-login/protocols/login-protocol.js';
export { RemoteTokenRefusal } from './auth/remote-login/protocols/remote-token-refusal.js';
export { RemoteApp } from './auth/remote-login/remote-app.js';
export { RemoteAppRegistry } from './auth/remote-login/remote-app-registry.js';
export type { RemoteRequest } from './auth/remote-login/remote-request.js';
export type { ComplianceHooks, Members, TokenRequestFields } from './auth/remote-login/settings/compliance-hooks.js';
export type { RemoteAppSettings } from './auth/remote-login/settings/remote-app-settings.js';
export type { Completed, NamedSettings, SettingFault } from './auth/remote-login/settings/setting-rule.js';
export { type LoginChoice, LoginChoices } from './auth/sign-in/login-choices.js';
export type { SignInEvents } from './auth/sign-in/sign-in.events.js';
export type { SignInSessionOptions } from './auth/sign-in/sign-in-session.options.js';
export type { StoredAtStart } from './bootstrap/bootstrap.options.js';
export { Client } from './clients/client.js';
export type { ClientRecord, ClientSecretRecord } from './clients/client-records.js';
export type { ClientsEvents } from './clients/clients.events.js';
export {
  type ClientChanges,
  Clients,
  type CreatedClient,
  type NewClient,
  type RotatedSecret,
} from './clients/clients.js';
export type { ClientMetadata } from './clients/metadata/client-metadata.js';
export { ClientMetadataExtension } from './clients/metadata/client-metadata-extension.js';
export type { ClientRegistrationInput } from './clients/metadata/client-registration.js';
export { AccessTokenVerifier, type VerifiedAccessToken } from './common/access-token-verifier.js';
export type { Confirmation } from './common/confirmation.js';
export type { ListPage, ListRequest } from './common/database/list-page.js';
export { type EntryFault, InvalidEntryError } from './common/errors/invalid-entry.error.js';
export { OAuthError } from './common/errors/oauth-error.js';
export {
  AccessDeniedError,
  InvalidClientError,
  InvalidGrantError,
  InvalidRequestError,
  InvalidScopeError,
  UnauthorizedClientError,
} from './common/errors/rfc6749.errors.js';
export { InsufficientScopeError, InvalidTokenError } from './common/errors/rfc6750.errors.js';
export { InvalidClientMetadataError } from './common/errors/rfc7591.errors.js';
export { Events } from './common/events/events.js';
export type { GatehouseEvent, GatehouseEvents, GatehouseEventType } from './common/events/gatehouse-event.js';
export { type GatehouseListener, OnGatehouse } from './common/events/on-gatehouse.decorator.js';
export { MetadataSource } from './common/extension/metadata-source.js';
export { FormParameters } from './common/http/form-parameters.js';
export { Paths } from './common/http/paths.js';
export { BEARER_ROUTE, Public } from './common/http/route-access.js';
export { ROUTES, type Route } from './common/http/routes.js';
export { enforce, type Rule } from './common/rules.js';
export { requestedScopes } from './common/scope.js';
export { Clock } from './common/time/clock.js';
export { GatehouseModule } from './gatehouse.module.js';
export type { GatehouseAsyncOptions, GatehouseOptions, PageModel, Replacement } from './gatehouse.options.js';
export { Answer } from './oauth-server/authorization-endpoint/answer.js';
export type { AuthorizationOptions } from './oauth-server/authorization-endpoint/authorization.options.js';
export {
  AuthorizationCheck,
  type AuthorizationRequest,
  type CheckedAccess,
} from './oauth-server/authorization-endpoint/authorization-check.js';
export {
  type RedirectTarget,
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
} from './oauth-server/authorization-endpoint/response-modes/response-mode.js';
export {
  type GrantedRequest,
  ResponseTypePart,
  type ResponseTypePartHandler,
} from './oauth-server/authorization-endpoint/response-types/response-type-part.js';
export { ClaimsSource } from './oauth-server/claims/claims-source.js';
export type { GivenClaims } from './oauth-server/claims/given-claims.js';
export { type DescribedAccess, TokenClaims } from './oauth-server/claims/token-claims.js';
export {
  type ClientAuthenticator,
  ClientAuthMethod,
  type PresentedCredentials,
} from './oauth-server/client-authentication/client-authentication.js';
export { Keys, type KeysStatus, type SigningKeyStatus } from './oauth-server/keys/keys.js';
export type { KeysOptions } from './oauth-server/keys/keys.options.js';
export { TokenSigner } from './oauth-server/keys/token-signer.js';
export type { OAuthServerEvents } from './oauth-server/oauth-server.events.js';
export {
  type AuthorizationListRequest,
  type AuthorizationRecord,
  Authorizations,
} from './oauth-server/storage/authorizations.js';
export * from './oauth-server/storage/granted-access.js';
export { type Grant, GrantType, type TokenRequest } from './oauth-server/token-endpoint/grant.js';
export {
  AuthorizationCodeGrant,
  type Redemption,
} from './oauth-server/token-endpoint/grants/authorization-code.grant.js';
export { type Refresh, RefreshTokenGrant } from './oauth-server/token-endpoint/grants/refresh-token.grant.js';
export {
  type AccessTokenClaims,
  type AccessTokenFormat,
  TokenFormat,
} from './oauth-server/tokens/formats/token-format.js';
export type { TokenOptions } from './oauth-server/tokens/token.options.js';
export {
  AlreadySpentError,
  type Spend,
  type TokenEndUser,
  TokenIssuer,
  type TokenOrder,
  type TokenResponse,
} from './oauth-server/tokens/token-issuer.js';
export { migrations, migrationsIn } from './schema.js';
export type { Scope } from './scopes/scope-registry.js';
export type { ScopesEvents } from './scopes/scopes.events.js';
export { Scopes } from './scopes/scopes.js';
export type { Brand } from './ui/brand.js';
export type { ErrorForEndUser, ErrorInWords } from './ui/error-for-end-user.js';
export { english } from './ui/messages/en.js';
export type { Markup, Messages } from './ui/messages/messages.js';
export { PageLanguage, type PageTexts } from './ui/messages/page-language.js';
export type { PageBody } from './ui/page.options.js';
export type { PageContext, PageSlots } from './ui/page-context.js';
export { Pages } from './ui/pages.js';
export { type View, ViewRenderer } from './ui/view-renderer.js';
export type { RemoteTokens } from './users/linked-account/remote-tokens.js';
export { type RemoteSubject, TokenVault } from './users/linked-account/token-vault.js';
export type { PasswordOptions } from './users/password/password.options.js';
export { PasswordHasher } from './users/password/password-hasher.js';
export { Passwords } from './users/password/passwords.js';
export {
  type ClientOnDisplay,
  EndUserSession,
  type SignedInEndUser,
  type SignInRequest,
} from './users/session/end-user-session.js';
export { type SessionRecord, Sessions } from './users/session/sessions.js';
export type { SignIn } from './users/session/sign-in.js';
export { type PasswordTry, type PasswordTryResult, SignInThrottle } from './users/throttle/sign-in-throttle.js';
export type { SignInThrottleOptions } from './users/throttle/sign-in-throttle.options.js';
export type { StandardClaims, User } from './users/user/user.js';
export type { UserRegistrationInput } from './users/user/user-registration.js';
export { type NewUser, UserStore } from './users/user/user-store.js';
export type { UserRecord } from './users/user-records.js';
export type { UsersEvents } from './users/users.events.js';
export { type UserChanges, Users } from './users/users.js';
