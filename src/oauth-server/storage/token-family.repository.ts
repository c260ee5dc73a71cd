import { Injectable } from '@nestjs/common';
import type { Confirmation } from '../../common/confirmation.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { PreparedSql, type Sql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { Events } from '../../common/events/events.js';
import { Clock } from '../../common/time/clock.js';
import type { SignIn, SignInJson } from '../../users/session/sign-in.js';
import type { TokenFamilyEntity } from './entities/token-family.entity.js';
import { REVOCATIONS, TOKEN_FAMILIES } from './expiring-tables.js';
import type { GrantedAccess } from './granted-access.js';
import { insertRevocations } from './revocation.repository.js';
import { RevocationFeed } from './revocation-feed.js';

/** Names a family: its partition and its id. */
export interface TokenFamilyReference {
  readonly period: number;
  /** The id of the family, a uuid. */
  readonly id: string;
}

/** The tokens of one sign-in at one client, which can be ended together. */
export interface TokenFamily extends TokenFamilyReference {
  readonly authorizationId: string;
  readonly clientId: string;
  /** `sub`: the end user. */
  readonly subject: string;
  readonly signIn: SignIn;
  /** The access that the end user allowed. A refresh may ask for less. */
  readonly granted: GrantedAccess;
  /** The key that the refresh tokens are bound to; undefined for a family that is bound to none. */
  readonly confirmation: Confirmation | undefined;
  /** How many seconds an access token of the family lives at most. */
  readonly accessTokenSeconds: number;
  /** True when an access token of the family is not stored, as a JWT is not. */
  readonly hasUnstoredTokens: boolean;
  /** The instant at which every token of the family is over. */
  readonly expiresAt: Date;
}

/** The columns that the table of codes and the table of families have in common. */
type TokenFamilyRow = Pick<
  TokenFamilyEntity,
  'authorizationId' | 'clientId' | 'subject' | 'signIn' | 'granted' | 'confirmation'
>;

/** Reads the members of a family from a row of either table. */
export function tokenFamilyFields(
  row: TokenFamilyRow,
): Pick<TokenFamily, 'authorizationId' | 'clientId' | 'subject' | 'signIn' | 'granted' | 'confirmation'> {
  return {
    authorizationId: row.authorizationId,
    clientId: row.clientId,
    subject: row.subject,
    signIn: signInFromJson(row.signIn),
    granted: row.granted,
    confirmation: row.confirmation ?? undefined,
  };
}

const REVOKE = new Statement('token-family-revoke', revokeFamilies('period = $3 AND id = $4'));

const REVOKE_UNDER = new Statement('token-family-revoke-under', revokeFamilies('authorization_id = $3'));

const ALLOW_FOR = new Statement(
  'token-family-allow-for',
  `UPDATE gatehouse.token_families SET access_token_seconds = GREATEST(access_token_seconds, $3),
     has_unstored_tokens = has_unstored_tokens OR $4
   WHERE period = $1 AND id = $2`,
);

/** A family that was revoked just now, with the instant until which its access tokens must be refused by its id. */
export interface RevokedFamily {
  readonly id: string;
  /** The instant; null where every access token of the family is stored. */
  readonly announcedUntil: Date | null;
}

/** An end user at a client. */
export interface EndUserAtClient {
  readonly clientId: string;
  readonly subject: string;
}

/** The members of a family that are needed to end it and to tell of its end. */
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
   * Ends every token of a family in one statement: at once here, and on every other node as soon as it hears of the
   * end. False, and nothing changes, when the family had ended before.
   */
  async revoke(family: RevocableFamily, because: string): Promise<boolean> {
    const { period, id } = family;
    const revoked = await this.sql.rows<RevokedFamily>(REVOKE, [this.clock.now(), because, period, id]);
    this.noteRevoked(revoked, family, because);
    return revoked.length > 0;
  }

  /**
   * Ends every family under an authorization, as a part of the transaction that takes the authorization back. Returns
   * the families for `noteRevoked`.
   */
  revokeUnder(authorizationId: string, because: string, transaction: Sql): Promise<readonly RevokedFamily[]> {
    return transaction.rows<RevokedFamily>(REVOKE_UNDER, [this.clock.now(), because, authorizationId]);
  }

  /**
   * Refuses the tokens of these families at once here, and emits the events. To be called when the transaction that
   * revoked them is over.
   */
  noteRevoked(families: readonly RevokedFamily[], { clientId, subject }: EndUserAtClient, reason: string): void {
    for (const { id, announcedUntil } of families) {
      if (announcedUntil !== null) this.feed.note(id, announcedUntil);
      this.events.emit({ type: 'token_family.revoked', familyId: id, clientId, subject, reason });
    }
  }

  /**
   * Notes, before an access token of the family is issued, how long it lives and whether it is stored. Costs no
   * statement where the family allows for that already.
   */
  async allowFor(family: TokenFamily, accessTokenSeconds: number, isUnstored: boolean): Promise<void> {
    const { period, id, hasUnstoredTokens } = family;
    if (accessTokenSeconds <= family.accessTokenSeconds && (hasUnstoredTokens || !isUnstored)) return;
    await this.sql.count(ALLOW_FOR, [period, id, accessTokenSeconds, isUnstored]);
  }
}

/**
 * Revokes the families of a condition whose access tokens may live, and tells every node by a row of `revocations` of
 * those whose access tokens are not stored, for as long as these live.
 */
function revokeFamilies(condition: string): string {
  return `WITH revoked AS (
     UPDATE gatehouse.token_families SET revoked_at = $1::timestamptz, revoked_because = $2
     WHERE ${condition} AND revoked_at IS NULL AND expires_at + make_interval(secs => access_token_seconds) > $1::timestamptz
     RETURNING id, CASE WHEN has_unstored_tokens THEN $1::timestamptz + make_interval(secs => access_token_seconds) END AS until
   ), announced AS (
     ${insertRevocations(`SELECT id, ${REVOCATIONS.periodInSql('until')}, until FROM revoked WHERE until IS NOT NULL`)}
   )
   SELECT id, until AS "announcedUntil" FROM revoked`;
}

/**
 * The condition that the client or the subject of a row is cut off from what began at an instant, in SQL. `row` is the
 * alias of a table with client_id and subject, `began` the column of the instant.
 */
export function isCutOff(row: string, began: string): string {
  const cutOff = (kind: string, holder: string) => `EXISTS (SELECT FROM gatehouse.token_cutoffs c
    WHERE c.kind = '${kind}' AND c.holder = ${row}.${holder}
      AND (c.issued_before IS NULL OR c.issued_before >= ${row}.${began}))`;
  return `(${cutOff('client', 'client_id')} OR ${cutOff('subject', 'subject')})`;
}

/** Writes a sign-in as JSON keeps it. */
export function signInToJson(signIn: SignIn): SignInJson {
  return { ...signIn, authTime: signIn.authTime.toISOString() };
}

/** Reads a sign-in back from JSON, with its instant as a Date; members that a later version added are kept. */
export function signInFromJson(json: SignInJson): SignIn {
  return { ...json, authTime: new Date(json.authTime) };
}
