import { OAuthError } from './oauth-error.js';

/** The metadata of a client that is to be registered is wrong or contradicts itself (RFC 7591 section 3.2.2). */
export class InvalidClientMetadataError extends OAuthError {
  readonly code = 'invalid_client_metadata';
}
