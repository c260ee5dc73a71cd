import { Injectable } from '@nestjs/common';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { PreparedSql, type Sql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { Events } from '../../common/events/events.js';
import { Clock } from '../../common/time/clock.js';
import { REVOCATIONS, TOKEN_FAMILIES } from './expiring-tables.js';
import { insertRevocations } from './revocation.repository.js';
import { RevocationFeed } from './revocation-feed.js';
import type { TokenFamilyReference } from './token-family.js';

const REVOKE = new Statement('token-family-revoke', revokeFamilies('period = $5 AND id = $6'));

const REVOKE_UNDER = new Statement(
  'token-family-revoke-under',
  `${revokeFamilies('authorization_id = $5')} RETURNING revoked_id AS id`,
);

/** An end user at a client. */
export interface EndUserAtClient {
  readonly clientId: string;
  readonly subject: string;
}

/** What must be known of a family to end it and to tell of it. */
type RevocableFamily = TokenFamilyReference & EndUserAtClient;

/** Ends token families, which are rows of `token_families`. */
@Injectable()
@ExpiringRows(TOKEN_FAMILIES)
export class TokenFamilyRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
    private readonly feed: RevocationFeed,
    private readonly events: Events,
  ) {}

  /**
   * Ends everything issued from this sign-in in one statement: at once here, and on every other node as soon as it hears
   * of it. False when the family had ended before, and then nothing changes.
   */
  async revoke(family: RevocableFamily, because: string): Promise<boolean> {
    const { period, id } = family;
    const isNew = (await this.sql.count(REVOKE, [...this.#now(because), period, id])) > 0;
    this.feed.note(id);
    if (isNew) this.#tell(id, family, because);
    return isNew;
  }

  /**
   * Ends every family under an authorization, as a part of the transaction that takes the authorization back. Returns
   * the ids for `noteRevoked`.
   */
  async revokeUnder(authorizationId: string, because: string, transaction: Sql): Promise<readonly string[]> {
    const rows = await transaction.rows<{ id: string }>(REVOKE_UNDER, [...this.#now(because), authorizationId]);
    return rows.map(({ id }) => id);
  }

  /**
   * Refuses the tokens of these families at once here, and tells of it, when the transaction that revoked them is
   * over.
   */
  noteRevoked(ids: readonly string[], endUser: EndUserAtClient, because: string): void {
    for (const id of ids) {
      this.feed.note(id);
      this.#tell(id, endUser, because);
    }
  }

  #tell(familyId: string, { clientId, subject }: EndUserAtClient, reason: string): void {
    this.events.emit({ type: 'token_family.revoked', familyId, clientId, subject, reason });
  }

  /** The first four parameters of both statements. */
  #now(because: string): readonly unknown[] {
    const now = this.clock.now();
    const expiresAt = REVOCATIONS.latestExpiry(now);
    return [now, because, REVOCATIONS.periodOf(expiresAt), expiresAt];
  }
}

/** Revokes the families of a condition, and tells every node by a row of `revocations`. */
function revokeFamilies(condition: string): string {
  return `WITH revoked AS (
     UPDATE gatehouse.token_families SET revoked_at = $1, revoked_because = $2
     WHERE ${condition} AND revoked_at IS NULL RETURNING id
   )
   ${insertRevocations('SELECT id, $3, $4 FROM revoked')}`;
}
