import { randomUUID } from 'node:crypto';
import type { SignJWT } from 'jose';
import { epochSeconds } from '../../../../../common/time/instant.js';
import type { OAuthClientApp } from '../oauth2-app.js';
import type { AuthenticationOccasion, ClientCredentials } from './client-proof.js';

/** How long what a client signs is good: for this one request. */
const ASSERTION_SECONDS = 60;

/** A JWT in which the client speaks for itself (RFC 7523 section 3), not signed yet. */
export async function assertion(
  { clientId, assertionAudience }: OAuthClientApp,
  { tokenUrl, issuer, now }: AuthenticationOccasion,
): Promise<SignJWT> {
  return (await issuedAt(now))
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(assertionAudience === 'token_endpoint' ? tokenUrl : (issuer ?? tokenUrl))
    .setJti(randomUUID());
}

/** A JWT for one request, with its times. */
export async function issuedAt(now: Date): Promise<SignJWT> {
  const { SignJWT } = await import('jose');
  const seconds = epochSeconds(now);
  return new SignJWT().setIssuedAt(seconds).setExpirationTime(seconds + ASSERTION_SECONDS);
}

/** Signs by the private key of the client. Throws an Error where there is none, which the settings do not let be. */
export function signed({ name, signing }: OAuthClientApp, jwt: SignJWT): Promise<string> {
  if (signing === undefined) throw new Error(`${name} has no private key`);
  const { key, keyId, algorithm } = signing;
  return jwt.setProtectedHeader({ alg: algorithm, ...(keyId && { kid: keyId }) }).sign(key);
}

/** An assertion as the parameters of a token request (RFC 7523 section 2.2). */
export function asserted({ clientId: client_id }: OAuthClientApp, client_assertion: string): ClientCredentials {
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  return { headers: {}, fields: { client_id, client_assertion_type, client_assertion } };
}
