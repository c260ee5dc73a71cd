import { OAuthError } from './oauth-error.js';

/** This client may not use this grant or response type (RFC 6749 sections 4.1.2.1 and 5.2). */
export class UnauthorizedClientError extends OAuthError {
  readonly code = 'unauthorized_client';
}
