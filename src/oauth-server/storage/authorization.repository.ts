import { Injectable } from '@nestjs/common';
import { LookUp } from '../../common/database/look-up.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { Table } from '../../common/database/table.js';
import { Events } from '../../common/events/events.js';
import { Clock } from '../../common/time/clock.js';
import { AuthorizationEntity } from './entities/authorization.entity.js';
import { TokenFamilyRepository } from './token-family.repository.js';

/** The scopes that an end user allowed a client, and may take back. */
export interface Authorization {
  readonly id: string;
  readonly scopes: readonly string[];
}

/** An authorization as its end user is shown it. */
export interface ListedAuthorization extends Authorization {
  readonly clientId: string;
  readonly createdAt: Date;
}

const AUTHORIZATIONS = new Table<AuthorizationEntity, 'id' | 'resources' | 'createdAt' | 'updatedAt'>(
  AuthorizationEntity,
);
const HELD = AUTHORIZATIONS.columns('id', 'scopes');
const LISTED = AUTHORIZATIONS.columns('id', 'clientId', 'scopes', 'createdAt');

const FIND = new Statement(
  'authorization-find',
  `SELECT asked.at, ${HELD.of('a')} FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked(subject, client_id, at)
     CROSS JOIN LATERAL (
       SELECT * FROM gatehouse.authorizations
       WHERE subject = asked.subject AND client_id = asked.client_id AND revoked_at IS NULL LIMIT 1
     ) a`,
);

const ALLOW = new Statement(
  'authorization-allow',
  `${AUTHORIZATIONS.insertRows('$1')}
   ON CONFLICT (subject, client_id) WHERE revoked_at IS NULL DO UPDATE SET updated_at = excluded.updated_at,
     scopes = ARRAY(SELECT DISTINCT scope FROM unnest(stored.scopes || excluded.scopes) AS scope ORDER BY scope)
   RETURNING id`,
);

const LIST = new Statement(
  'authorization-list',
  `SELECT ${LISTED} FROM gatehouse.authorizations
   WHERE subject = $1 AND revoked_at IS NULL ORDER BY created_at DESC`,
);

const REVOKE = new Statement(
  'authorization-revoke',
  `UPDATE gatehouse.authorizations SET revoked_at = $3, updated_at = $3
   WHERE subject = $1 AND id::text = $2 AND revoked_at IS NULL RETURNING client_id AS "clientId"`,
);

/** Authorizations in the table `authorizations`: at most one live one for each end user and client. */
@Injectable()
export class AuthorizationRepository {
  readonly #held: LookUp<Authorization>;

  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
    private readonly families: TokenFamilyRepository,
    private readonly events: Events,
  ) {
    this.#held = new LookUp(sql, FIND);
  }

  /** The live authorization. */
  find(subject: string, clientId: string): Promise<Authorization | undefined> {
    return this.#held.find(subject, clientId);
  }

  /** Adds these scopes to what is allowed already, in one statement; returns the id of the authorization. */
  async allow(subject: string, clientId: string, scopes: readonly string[]): Promise<string> {
    const now = this.clock.now();
    const rows = AUTHORIZATIONS.rows([{ subject, clientId, scopes, createdAt: now, updatedAt: now }]);
    const [row] = await this.sql.rows<{ id: string }>(ALLOW, [rows]);
    return (row as { id: string }).id;
  }

  /** Everything that an end user allows at present, newest first. */
  listOf(subject: string): Promise<ListedAuthorization[]> {
    return this.sql.rows<ListedAuthorization>(LIST, [subject]);
  }

  /**
   * Takes an end user's authorization back and ends every token that came from it, in one transaction. The work is two
   * statements, since the first may wait for a family that begins under the authorization, and only a later statement
   * sees that family.
   */
  async revoke(id: string, subject: string, because = 'the end user took the authorization back'): Promise<void> {
    const revoked = await this.sql.transaction(async (transaction) => {
      const row = await transaction.row<{ clientId: string }>(REVOKE, [subject, id, this.clock.now()]);
      return row && { ...row, families: await this.families.revokeUnder(id, because, transaction) };
    });
    if (revoked === undefined) return;
    const { clientId, families } = revoked;
    this.events.emit({ type: 'authorization.taken_back', authorizationId: id, clientId, subject });
    this.families.noteRevoked(families, { clientId, subject }, because);
  }
}
