import { hash, randomBytes } from 'node:crypto';
import { pool, statement } from './statement.js';

/** Codes, access tokens and refresh tokens in one table, keyed by digest: no partitions, no foreign keys. */
await pool.query(`
  DROP SCHEMA IF EXISTS bare CASCADE;
  CREATE SCHEMA bare;
  CREATE TABLE bare.tokens (
    digest bytea PRIMARY KEY,
    kind text NOT NULL,
    client_id text NOT NULL,
    subject text NOT NULL,
    scope text NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    redirect_uri text,
    challenge text,
    nonce text
  );
  CREATE TABLE bare.consents (
    subject text,
    client_id text,
    scopes text[] NOT NULL,
    PRIMARY KEY (subject, client_id)
  )`);

/** What a stored token says. */
export interface TokenRow {
  readonly client_id: string;
  readonly subject: string;
  readonly scope: string;
  readonly expires_at: Date;
  readonly nonce: string | null;
}

/** How long an access token of this server lives. */
export const LIFETIME_SECONDS = 600;
const CODE_MILLISECONDS = 60_000;
const REFRESH_MILLISECONDS = 30 * 86_400_000;

/** A random token. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

const insert = statement(
  'bare-insert',
  `INSERT INTO bare.tokens (digest, kind, client_id, subject, scope, expires_at) VALUES ($1, 'access', $2, $3, $4, $5)`,
);

/** Stores an access token. */
export async function storeAccessToken(token: string, clientId: string, subject: string, scope: string): Promise<void> {
  await insert(digestOf(token), clientId, subject, scope, accessTokenEnd());
}

const find = statement<TokenRow>(
  'bare-find',
  `SELECT client_id, subject, scope, expires_at FROM bare.tokens
   WHERE digest = $1 AND kind = 'access' AND ended_at IS NULL AND expires_at > $2`,
);

/** A live access token. */
export async function findAccessToken(token: string): Promise<TokenRow | undefined> {
  return (await find(digestOf(token), new Date()))[0];
}

const end = statement('bare-end', 'UPDATE bare.tokens SET ended_at = $3 WHERE digest = $1 AND client_id = $2');

/** Revokes a token of a client. */
export async function endToken(token: string, clientId: string): Promise<void> {
  await end(digestOf(token), clientId, new Date());
}

const allow = statement(
  'bare-allow',
  'INSERT INTO bare.consents (subject, client_id, scopes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
);

/** Remembers that an end user allows a client these scopes. */
export async function allowScopes(subject: string, clientId: string, scopes: readonly string[]): Promise<void> {
  await allow(subject, clientId, scopes);
}

const authorize = statement(
  'bare-authorize',
  `INSERT INTO bare.tokens (digest, kind, client_id, subject, scope, expires_at, redirect_uri, challenge, nonce)
   SELECT $1, 'code', client_id, subject, array_to_string($4::text[], ' '), $5, $6, $7, $8
   FROM bare.consents WHERE subject = $2 AND client_id = $3 AND scopes @> $4::text[] RETURNING 1`,
);

/** Stores a code, where the end user allows the scopes. */
export async function storeCode(code: string, subject: string, query: URLSearchParams): Promise<boolean> {
  const stored = await authorize(
    digestOf(code),
    subject,
    query.get('client_id'),
    query.get('scope')?.split(' '),
    new Date(Date.now() + CODE_MILLISECONDS),
    query.get('redirect_uri'),
    query.get('code_challenge'),
    query.get('nonce'),
  );
  return stored.length === 1;
}

/** The two tokens that a code or refresh token gives. */
export interface NewTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const SUCCESSORS = `(VALUES ($3::bytea, 'access', $4::timestamptz), ($5::bytea, 'refresh', $6::timestamptz))
   AS new (digest, kind, expires_at)`;
const INSERT_SUCCESSORS = `INSERT INTO bare.tokens (digest, kind, client_id, subject, scope, expires_at)
   SELECT new.digest, new.kind, old.client_id, old.subject, old.scope, new.expires_at FROM old, ${SUCCESSORS}`;

const redeem = statement<TokenRow>(
  'bare-redeem',
  `WITH old AS (
     DELETE FROM bare.tokens WHERE digest = $1 AND kind = 'code' AND client_id = $2 AND redirect_uri = $7
       AND challenge = $8 AND expires_at > $9
     RETURNING client_id, subject, scope, nonce
   ), stored AS (${INSERT_SUCCESSORS})
   SELECT * FROM old`,
);

const rotate = statement<TokenRow>(
  'bare-rotate',
  `WITH old AS (
     UPDATE bare.tokens SET ended_at = $7 WHERE digest = $1 AND kind = 'refresh' AND client_id = $2
       AND ended_at IS NULL AND expires_at > $7
     RETURNING client_id, subject, scope, nonce
   ), stored AS (${INSERT_SUCCESSORS})
   SELECT * FROM old`,
);

/** Spends a code, and stores the tokens that it gives. */
export async function redeemCode(clientId: string, form: URLSearchParams, tokens: NewTokens) {
  const challenge = hash('sha256', form.get('code_verifier') ?? '', 'base64url');
  const spent = [form.get('redirect_uri'), challenge, new Date()];
  return (await redeem(digestOf(form.get('code') ?? ''), clientId, ...successors(tokens), ...spent))[0];
}

/** Spends a refresh token, and stores the tokens that it gives. */
export async function rotateRefreshToken(clientId: string, form: URLSearchParams, tokens: NewTokens) {
  const presented = digestOf(form.get('refresh_token') ?? '');
  return (await rotate(presented, clientId, ...successors(tokens), new Date()))[0];
}

function successors({ accessToken, refreshToken }: NewTokens): unknown[] {
  const refreshEnd = new Date(Date.now() + REFRESH_MILLISECONDS);
  return [digestOf(accessToken), accessTokenEnd(), digestOf(refreshToken), refreshEnd];
}

function accessTokenEnd(): Date {
  return new Date(Date.now() + LIFETIME_SECONDS * 1000);
}

function digestOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
