import type { PresentedCredentials } from './client-auth-method.js';

/** A client password (RFC 6749 section 2.3.1). */
export interface ClientIdAndSecret extends PresentedCredentials {
  readonly secret: string;
}
