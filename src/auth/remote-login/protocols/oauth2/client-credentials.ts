import type { OAuthClientApp } from './oauth2-app.js';

/** The headers and parameters by which a client proves itself in a token request. */
export interface ClientCredentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

/** The credentials in the one place where the remote app's method puts them (RFC 6749 section 2.3.1). */
export function clientCredentials({
  clientId,
  clientSecret = '',
  clientAuthentication,
}: OAuthClientApp): ClientCredentials {
  return METHODS[clientAuthentication](clientId, clientSecret);
}

const METHODS: Record<OAuthClientApp['clientAuthentication'], (id: string, secret: string) => ClientCredentials> = {
  client_secret_basic: (id, secret) => ({
    headers: { authorization: `Basic ${Buffer.from(`${formEncode(id)}:${formEncode(secret)}`).toString('base64')}` },
    fields: {},
  }),
  client_secret_post: (client_id, client_secret) => ({ headers: {}, fields: { client_id, client_secret } }),
  none: (client_id) => ({ headers: {}, fields: { client_id } }),
};

/** Both halves are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function formEncode(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}
