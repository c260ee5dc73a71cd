import { Injectable } from '@nestjs/common';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { Clock } from '../../common/time/clock.js';
import { REVOCATIONS } from './revocation.repository.js';
import { RevocationFeed } from './revocation-feed.js';

/** What an end user allowed a client, and may take back. */
export interface Authorization {
  readonly id: string;
  readonly scopes: readonly string[];
}

/** An authorization as its end user is shown it. */
export interface ListedAuthorization extends Authorization {
  readonly clientId: string;
  readonly createdAt: Date;
}

const FIND = new Statement(
  'authorization-find',
  'SELECT id, scopes FROM gatehouse.authorizations WHERE user_id = $1 AND client_id = $2 AND revoked_at IS NULL',
);

const ALLOW = new Statement(
  'authorization-allow',
  `INSERT INTO gatehouse.authorizations AS a (user_id, client_id, scopes, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (user_id, client_id) WHERE revoked_at IS NULL DO UPDATE SET updated_at = excluded.updated_at,
           scopes = ARRAY(SELECT DISTINCT scope FROM unnest(a.scopes || excluded.scopes) AS scope ORDER BY scope)
         RETURNING id`,
);

const LIST = new Statement(
  'authorization-list',
  `SELECT id, client_id AS "clientId", scopes, created_at AS "createdAt" FROM gatehouse.authorizations
         WHERE user_id = $1 AND revoked_at IS NULL ORDER BY created_at DESC`,
);

const REVOKE = new Statement(
  'authorization-revoke',
  `UPDATE gatehouse.authorizations SET revoked_at = $3, updated_at = $3
         WHERE user_id = $1 AND id::text = $2 AND revoked_at IS NULL`,
);

const END_FAMILIES = new Statement(
  'authorization-end-families',
  `WITH families AS (
    UPDATE gatehouse.token_families SET revoked_at = $2, revoked_because = 'the end user took the authorization back'
    WHERE authorization_id = $1 AND revoked_at IS NULL RETURNING id)
  INSERT INTO gatehouse.revocations (revoked_id, period, expires_at) SELECT id, $3, $4 FROM families ON CONFLICT DO NOTHING
  RETURNING revoked_id`,
);

/** Authorizations in the table `authorizations`: at most one live one for each end user and client. */
@Injectable()
export class AuthorizationRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
    private readonly feed: RevocationFeed,
  ) {}

  /** The live authorization. */
  find(userId: string, clientId: string): Promise<Authorization | undefined> {
    return this.sql.row<Authorization>(FIND, [userId, clientId]);
  }

  /** Adds these scopes to what is allowed already, in one statement; returns the id of the authorization. */
  async allow(userId: string, clientId: string, scopes: readonly string[]): Promise<string> {
    const [row] = await this.sql.rows<{ id: string }>(ALLOW, [userId, clientId, scopes, this.clock.now()]);
    return (row as { id: string }).id;
  }

  /** Everything that an end user allows at present, newest first. */
  listOf(userId: string): Promise<ListedAuthorization[]> {
    return this.sql.rows<ListedAuthorization>(LIST, [userId]);
  }

  /**
   * Takes an end user's authorization back and ends every token that came from it, in one transaction. Two statements,
   * since the first may wait for a family that is being founded under the authorization, and only a later one sees it.
   */
  async revoke(id: string, userId: string): Promise<void> {
    const now = this.clock.now();
    const expiresAt = REVOCATIONS.latestExpiry(now);
    const values = [id, now, REVOCATIONS.periodOf(expiresAt), expiresAt];
    const revoked = await this.sql.transaction(async (sql) => {
      const count = await sql.count(REVOKE, [userId, id, now]);
      return count === 0 ? [] : sql.rows<{ revoked_id: string }>(END_FAMILIES, values);
    });
    for (const { revoked_id } of revoked) this.feed.note(revoked_id);
  }
}
