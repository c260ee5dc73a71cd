import type { OAuthClientApp } from '../oauth2-app.js';

/** The headers and parameters by which a client proves itself in a token request. */
export interface ClientCredentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** To whom and when a client proves itself. */
export interface AuthenticationOccasion {
  /** The token endpoint. */
  readonly tokenUrl: string;
  /** The provider's issuer identifier; undefined where it is not known. */
  readonly issuer: string | undefined;
  readonly now: Date;
}

/** One way to prove to a provider who this client is (RFC 6749 section 2.3); the settings have been checked for it. */
export type ClientProof = (
  app: OAuthClientApp,
  occasion: AuthenticationOccasion,
) => ClientCredentials | Promise<ClientCredentials>;

/** The id and a secret in the body (RFC 6749 section 2.3.1). */
export function inTheBody(client_id: string, client_secret: string): ClientCredentials {
  return { headers: {}, fields: { client_id, client_secret } };
}
