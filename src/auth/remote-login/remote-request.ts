import type { RemoteTokens } from '../../users/linked-account/remote-tokens.js';

/** A request to the API of a provider, before or after the credentials were put on it. */
export interface RemoteRequest {
  readonly method: string;
  /** Absolute, with the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request with an access token in its Authorization header (RFC 6750 section 2.1). */
export function withBearerToken(request: RemoteRequest, { accessToken }: RemoteTokens): RemoteRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${accessToken}` } };
}
