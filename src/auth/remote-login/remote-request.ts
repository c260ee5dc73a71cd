import type { RemoteTokens } from '../../users/linked-account/remote-tokens.js';

const FORM = 'application/x-www-form-urlencoded';

/** A request to the API of a provider, before or after the credentials were put on it. */
export interface RemoteRequest {
  readonly method: string;
  /** Absolute, with the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Where an access token may stand in a request (RFC 6750 sections 2.1, 2.3 and 2.2). */
export const TOKEN_PLACEMENTS = ['header', 'query', 'body'] as const;

/** One of the places for an access token. */
export type TokenPlacement = (typeof TOKEN_PLACEMENTS)[number];

/** A request with an access token where the provider takes it (RFC 6750 section 2); a request without a form has none in it. */
export function withAccessToken(
  request: RemoteRequest,
  { accessToken }: RemoteTokens,
  placement: TokenPlacement,
): RemoteRequest {
  if (placement === 'query') {
    const url = new URL(request.url);
    url.searchParams.set('access_token', accessToken);
    return { ...request, url: url.href };
  }
  const type = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const isForm = request.method !== 'GET' && (type ?? FORM).startsWith(FORM);
  if (placement === 'body' && isForm) {
    const body = new URLSearchParams(request.body);
    body.set('access_token', accessToken);
    return { ...request, headers: { ...request.headers, 'content-type': FORM }, body: body.toString() };
  }
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${accessToken}` } };
}
