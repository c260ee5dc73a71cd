import { randomBytes, randomUUID } from 'node:crypto';
import { ClientRegistry } from '../../src/clients/client-registry.js';
import { KeyRing } from '../../src/common/crypto/key-ring.js';
import type { SigningAlgorithm } from '../../src/oauth-server/keys/jws.js';
import { Keys } from '../../src/oauth-server/keys/keys.js';
import { SigningKeys } from '../../src/oauth-server/keys/signing-keys.js';
import { IdTokens } from '../../src/oauth-server/tokens/id-token/id-tokens.js';
import type { TestEndUser } from './end-user-builder.js';
import { changeRows, deleteRows, rowsOf } from './stored-rows.js';
import type { TestApp } from './test-app.js';
import type { TestClient } from './test-client.js';

export type { SigningAlgorithm };

/** A JWT of any header and claims, signed with the server's own key: what no endpoint would issue, and yet is genuine. */
export function signedByServer(
  app: TestApp,
  claims: object,
  header: object = { typ: 'at+jwt' },
  algorithm: SigningAlgorithm = 'ES256',
): string {
  return app.port(SigningKeys).sign(algorithm, header, claims);
}

/** An access token with these claims in place of the usual ones, good for ten minutes, for the client `shop`. */
export function accessToken(
  app: TestApp,
  changes: { readonly sub: string; readonly [claim: string]: unknown },
): string {
  return signedByServer(app, accessTokenClaims(app, changes));
}

/** The claims of an RFC 9068 token of this server, with these in place of the usual ones. */
export function accessTokenClaims(
  app: TestApp,
  changes: { readonly sub: string; readonly [claim: string]: unknown },
): object {
  const iat = Math.floor(app.clock.now().getTime() / 1000);
  const usual = { iss: app.url, aud: app.url, client_id: 'shop', scope: 'openid profile', jti: randomUUID() };
  return { ...usual, iat, exp: iat + 600, ...changes };
}

/** Signs with the next key from now on, which has been published for a day, as the operator's command does. */
export async function rotateKeys(app: TestApp): Promise<void> {
  await publishNextKeys(app, new Date(app.clock.now().getTime() - 86_400_000));
  await app.port(Keys).rotate();
}

/** Has the next keys been published since another instant. */
export async function publishNextKeys(app: TestApp, since: Date): Promise<void> {
  await changeRows(app, 'signing_keys', { stage: 'next' }, { created_at: since });
}

/** What operators do with keys. */
export function keysOf(app: TestApp): Keys {
  return app.port(Keys);
}

/** Alters the sealed private half of a key, so that no key ring opens it. */
export async function breakSigningKey(app: TestApp, kid: string): Promise<void> {
  const [row] = await rowsOf(app, 'signing_keys', { kid });
  const sealed = Buffer.from(row?.sealed_private_key as Buffer);
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  await changeRows(app, 'signing_keys', { kid }, { sealed_private_key: sealed });
}

/** The ids of the secret keys under which something is sealed in the database. */
export async function secretKeysInUse(app: TestApp): Promise<string[]> {
  const { sealed } = await keysOf(app).status();
  return [...new Set(sealed.map(({ keyId }) => keyId))];
}

/** A fresh entry of SECRET_KEYS. */
export function anotherKey(id: string): string {
  return `${id}:${randomBytes(32).toString('base64url')}`;
}

/** SECRET_KEYS that open nothing which is stored. */
export function anotherKeyRing(): string {
  return KeyRing.generate();
}

/** Withdraws a key at once, so that nothing signed with it holds. */
export function withdrawKey(app: TestApp, kid: string): Promise<void> {
  return deleteRows(app, 'signing_keys', { kid });
}

/** An id_token as it goes beside a code in one answer, which no response type that is on here gives. */
export async function idTokenBesideCode(client: TestClient, endUser: TestEndUser, code: string): Promise<string> {
  const { app } = client;
  const registered = await app.port(ClientRegistry).find(client.id);
  if (registered === undefined) throw new Error(`There is no client ${client.id}`);
  const signIn = { authTime: app.clock.now(), amr: ['pwd'] };
  return app
    .port(IdTokens)
    .issue({ client: registered, subject: endUser.id, signIn, granted: { scopes: ['openid'] }, code });
}
