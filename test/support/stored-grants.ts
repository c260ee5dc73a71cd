import { digestOf, rowOf, rowsOf, sql, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';
import type { TestClient } from './test-client.js';

/** What an end user allowed a client, as it is stored. */
export interface StoredAuthorization {
  readonly id: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly isRevoked: boolean;
}

/** The tokens of one sign-in, as their family is stored. */
export interface StoredFamily {
  readonly id: string;
  readonly clientId: string;
  readonly subject: string;
  readonly isRevoked: boolean;
  readonly revokedBecause: string | null;
}

/** Every authorization of a client, by whichever end user. */
export async function authorizationsOf({ app, id }: TestClient): Promise<StoredAuthorization[]> {
  const rows = await rowsOf(app, 'authorizations', { client_id: id });
  return rows.map((row) => ({
    id: String(row.id),
    subject: String(row.subject),
    scopes: row.scopes as string[],
    isRevoked: row.revoked_at !== null,
  }));
}

/** Every family of tokens under an authorization. */
export async function familiesUnder(app: TestApp, authorizationId: unknown): Promise<StoredFamily[]> {
  return (await rowsOf(app, 'token_families', { authorization_id: authorizationId })).map(familyOf);
}

/** The family of this id; undefined where none is stored. */
export async function findFamily(app: TestApp, id: unknown): Promise<StoredFamily | undefined> {
  return (await rowsOf(app, 'token_families', { id })).map(familyOf)[0];
}

/** How many families an authorization code gave. */
export async function familiesOfCode(app: TestApp, code: string): Promise<number> {
  const { family_id } = (await rowOf(app, 'authorization_codes', code)) ?? {};
  return (await rowsOf(app, 'token_families', { id: family_id })).length;
}

/** Of these opaque access tokens, how many are stored. */
export async function storedAmong(app: TestApp, accessTokens: Iterable<string>): Promise<number> {
  const digests = [...accessTokens].map(digestOf);
  return (await sql(app, `SELECT 1 FROM ${tableName('access_tokens')} WHERE digest = ANY($1)`, [digests])).length;
}

function familyOf(row: Record<string, unknown>): StoredFamily {
  return {
    id: String(row.id),
    clientId: String(row.client_id),
    subject: String(row.subject),
    isRevoked: row.revoked_at !== null,
    revokedBecause: row.revoked_because as string | null,
  };
}
