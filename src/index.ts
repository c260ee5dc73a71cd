/** The public surface: what an application that imports Gatehouse may rely on. Frozen by test/extending/public-surface.spec.ts. */
export { CurrentToken } from './auth/decorators/current-token.decorator.js';
export { CurrentUser } from './auth/decorators/current-user.decorator.js';
export { RequireScopes } from './auth/decorators/require-scopes.decorator.js';
export { BearerGuard } from './auth/guards/bearer.guard.js';
export { BEARER_ROUTE } from './auth/guards/bearer-route.js';
export { LoginModule } from './auth/login/login.module.js';
export type { LoginOptions } from './auth/login/login.options.js';
export type { ExtraCall, ProfileMap } from './auth/login/profile/profile-map.js';
export { RemoteApp } from './auth/login/remote-app.decorator.js';
export type { RemoteAppSettings } from './auth/login/remote-app-settings.js';
export { ACCESS_TOKEN_STRATEGY } from './auth/passport/access-token.strategy.js';
export { PassportGuardModule } from './auth/passport/passport-guard.module.js';
export {
  SIGN_IN_SESSION_OPTIONS,
  type SignInSessionOptions,
  signInSessionDefaults,
} from './auth/session/sign-in-session.options.js';
export { type LoginChoice, LoginChoices } from './auth/sign-in/login-choices.js';
export { Client } from './clients/client.js';
export { AccessTokenVerifier, type VerifiedAccessToken } from './common/access-token-verifier.js';
export { Clock } from './common/clock.js';
export { InsufficientScopeError } from './common/errors/insufficient-scope.error.js';
export { InvalidClientError } from './common/errors/invalid-client.error.js';
export { InvalidGrantError } from './common/errors/invalid-grant.error.js';
export { InvalidRequestError } from './common/errors/invalid-request.error.js';
export { InvalidScopeError } from './common/errors/invalid-scope.error.js';
export { InvalidTokenError } from './common/errors/invalid-token.error.js';
export { OAuthError } from './common/errors/oauth-error.js';
export { UnauthorizedClientError } from './common/errors/unauthorized-client.error.js';
export { type FormParameters, required } from './common/form/form-parameters.js';
export { PortModule } from './common/ports/port.module.js';
export { Public } from './common/public.decorator.js';
export { enforce, type Rule } from './common/rules.js';
export { GatehouseModule, type GatehouseOptions } from './gatehouse.module.js';
export { Answer } from './oauth-server/authorize/answer.js';
export {
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
} from './oauth-server/authorize/response-mode.js';
export { type GrantedRequest, ResponseType, type ResponseTypeHandler } from './oauth-server/authorize/response-type.js';
export {
  type ClientAuthenticator,
  ClientAuthMethod,
  type PresentedCredentials,
} from './oauth-server/client-authentication/client-auth-method.js';
export { type Grant, GrantType, type TokenRequest, type TokenResponse } from './oauth-server/token/grant.js';
export { requestedScopes } from './oauth-server/token/requested-scopes.js';
export { TokenModule } from './oauth-server/token/token.module.js';
export { type AccessTokenClaims, type AccessTokenFormat, TokenFormat } from './oauth-server/token/token-format.js';
export { type TokenEndUser, TokenIssuer, type TokenOrder } from './oauth-server/token/token-issuer.js';
export {
  TOKEN_LIFETIMES_OPTIONS,
  type TokenLifetimesOptions,
  tokenLifetimesDefaults,
} from './oauth-server/token/token-lifetimes.options.js';
export { ClaimsSource } from './oauth-server/userinfo/claims-source.js';
export { entities, migrations } from './schema.js';
export { type View, ViewRenderer } from './ui/view-renderer.js';
export { EndUserSession, type SignedInEndUser, type SignInAsk } from './users/end-user-session.js';
export { PasswordHasher } from './users/password-hasher.js';
export { type SignInAttempt, SignInThrottle } from './users/sign-in-throttle.js';
export {
  SIGN_IN_THROTTLE_OPTIONS,
  type SignInThrottleOptions,
  signInThrottleDefaults,
} from './users/sign-in-throttle.options.js';
export type { StandardClaims, User } from './users/user.js';
export { type NewUser, UserStore } from './users/user-store.js';
