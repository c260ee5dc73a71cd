import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { epochSeconds } from '../../../../common/time/instant.js';
import type { OAuthClientApp } from './oauth2-app.js';

/** How long a signed assertion is good: for this one request. */
const ASSERTION_SECONDS = 60;

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

type Method = (app: OAuthClientApp, occasion: AuthenticationOccasion) => ClientCredentials | Promise<ClientCredentials>;

/** The credentials in the one place where the remote app's method puts them (RFC 6749 section 2.3.1, RFC 7523 section 2.2). */
export async function clientCredentials(
  app: OAuthClientApp,
  occasion: AuthenticationOccasion,
): Promise<ClientCredentials> {
  return METHODS[app.clientAuthentication](app, occasion);
}

const METHODS: Readonly<Record<OAuthClientApp['clientAuthentication'], Method>> = {
  client_secret_basic: ({ clientId, clientSecret = '' }) => basic(formEncode(clientId), formEncode(clientSecret)),
  client_secret_basic_raw: ({ clientId, clientSecret = '' }) => basic(clientId, clientSecret),
  client_secret_post: ({ clientId, clientSecret = '' }) => posted(clientId, clientSecret),
  client_secret_jwt: async (app, occasion) =>
    asserted(app, await assertion(app, occasion).setProtectedHeader({ alg: 'HS256' }).sign(secretKey(app))),
  private_key_jwt: async (app, occasion) => asserted(app, await signed(app, assertion(app, occasion))),
  minted_secret: async (app, occasion) => posted(app.clientId, await signed(app, mintedSecret(app, occasion))),
  none: ({ clientId: client_id }) => ({ headers: {}, fields: { client_id } }),
};

function basic(first: string, second: string): ClientCredentials {
  return { headers: { authorization: `Basic ${Buffer.from(`${first}:${second}`).toString('base64')}` }, fields: {} };
}

function posted(client_id: string, client_secret: string): ClientCredentials {
  return { headers: {}, fields: { client_id, client_secret } };
}

function asserted({ clientId: client_id }: OAuthClientApp, client_assertion: string): ClientCredentials {
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  return { headers: {}, fields: { client_id, client_assertion_type, client_assertion } };
}

/** A JWT in which the client speaks for itself (RFC 7523 section 3). */
function assertion({ clientId, assertionAudience }: OAuthClientApp, { tokenUrl, issuer, now }: AuthenticationOccasion) {
  return issuedAt(now)
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(assertionAudience === 'token_endpoint' ? tokenUrl : (issuer ?? tokenUrl))
    .setJti(randomUUID());
}

/** A JWT in which Apple's team speaks for one of its clients. */
function mintedSecret({ clientId, signing }: OAuthClientApp, { tokenUrl, issuer, now }: AuthenticationOccasion) {
  return issuedAt(now)
    .setIssuer(signing?.teamId ?? '')
    .setSubject(clientId)
    .setAudience(issuer ?? new URL(tokenUrl).origin);
}

function issuedAt(now: Date): SignJWT {
  const seconds = epochSeconds(now);
  return new SignJWT().setIssuedAt(seconds).setExpirationTime(seconds + ASSERTION_SECONDS);
}

function signed({ name, signing }: OAuthClientApp, jwt: SignJWT): Promise<string> {
  if (signing === undefined) throw new Error(`${name} has no private key`);
  const { key, keyId, algorithm } = signing;
  return jwt.setProtectedHeader({ alg: algorithm, ...(keyId && { kid: keyId }) }).sign(key);
}

function secretKey({ clientSecret = '' }: OAuthClientApp): Uint8Array {
  return new TextEncoder().encode(clientSecret);
}

/** Both halves are form-encoded before they are joined (RFC 6749 section 2.3.1). */
function formEncode(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}
