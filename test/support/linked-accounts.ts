import { DataSource } from 'typeorm';
import type { RemoteTokens } from '../../src/users/linked-account/remote-tokens.js';
import { TokenVault } from '../../src/users/linked-account/token-vault.js';
import type { TestEndUser } from './end-user-builder.js';
import { changeRows, rowsOf, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** An identity at a remote app, with the account here that it is linked to. */
export interface StoredLink {
  readonly issuer: string;
  readonly provider: string;
  /** What the remote app said. */
  readonly claims: unknown;
  readonly sealedTokens: Buffer | null;
  readonly userId: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  /** What the account here says. */
  readonly userClaims: unknown;
}

/** The identity of this subject; undefined where none is linked. */
export async function findLink(app: TestApp, subject: unknown): Promise<StoredLink | undefined> {
  const [link] = await rowsOf(app, 'linked_accounts', { remote_subject: String(subject) });
  if (link === undefined) return undefined;
  const [user] = await rowsOf(app, 'users', { id: link.subject });
  return {
    issuer: String(link.remote_issuer),
    provider: String(link.provider),
    claims: link.claims,
    sealedTokens: link.sealed_tokens as Buffer | null,
    userId: String(link.subject),
    email: user?.email as string | null,
    emailVerified: user?.email_verified === true,
    userClaims: user?.claims,
  };
}

const PROVIDER = { issuer: 'https://provider.example', subject: 'a subject there' };

/** Links an end user to an account at a provider, whose tokens are kept. */
export async function keepRemoteTokens(app: TestApp, endUser: TestEndUser, tokens: RemoteTokens): Promise<void> {
  await app
    .port(DataSource)
    .query(
      `INSERT INTO ${tableName('linked_accounts')} (remote_issuer, remote_subject, provider, subject) VALUES ($1, $2, $3, $4)`,
      [PROVIDER.issuer, PROVIDER.subject, 'provider', endUser.id],
    );
  await app.port(TokenVault).keep(PROVIDER, tokens);
}

/** The tokens that were kept so. */
export function remoteTokensOf(app: TestApp): Promise<RemoteTokens | undefined> {
  return app.port(TokenVault).find(PROVIDER);
}

/** How the end user signed in, for each session that is open. */
export async function signInsOf(app: TestApp, userId: string): Promise<unknown[]> {
  return (await rowsOf(app, 'sign_in_sessions', { subject: userId })).map(({ amr }) => amr);
}

/** Closes the account that the identity is linked to. */
export async function disableOwnerOf(app: TestApp, subject: unknown): Promise<void> {
  const link = await findLink(app, subject);
  await changeRows(app, 'users', { id: link?.userId }, { disabled_at: new Date() });
}

/** A first sign-in of an identity that has not committed yet, by another node for instance. */
export async function firstSignInUnderWay(
  app: TestApp,
  identity: { readonly issuer: string; readonly subject: string; readonly provider: string },
): Promise<{ readonly userId: string; commit(): Promise<void> }> {
  const runner = app.port(DataSource).createQueryRunner();
  await runner.startTransaction();
  const [{ id: userId }] = await runner.query(`INSERT INTO ${tableName('users')} DEFAULT VALUES RETURNING id`);
  await runner.query(
    `INSERT INTO ${tableName('linked_accounts')} (remote_issuer, remote_subject, provider, subject) VALUES ($1, $2, $3, $4)`,
    [identity.issuer, identity.subject, identity.provider, userId],
  );
  const commit = async () => {
    await runner.commitTransaction();
    await runner.release();
  };
  return { userId, commit };
}

/** Puts the sealed tokens of one identity in the place of another's, as a thief with write access could. */
export async function moveSealedTokens(app: TestApp, from: string, to: string): Promise<void> {
  const sealed = (await findLink(app, from))?.sealedTokens;
  await changeRows(app, 'linked_accounts', { remote_subject: to }, { sealed_tokens: sealed });
}
