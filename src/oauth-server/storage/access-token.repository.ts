import { Injectable } from '@nestjs/common';
import type { Confirmation } from '../../common/confirmation.js';
import { Batch } from '../../common/database/batch.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import type { TokenKey } from '../../common/database/expiring-table.js';
import { LookUp } from '../../common/database/look-up.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { RowOf } from '../../common/database/table.js';
import { Clock } from '../../common/time/clock.js';
import { ACCESS_TOKENS } from './expiring-tables.js';
import type { TokenFamilyReference } from './token-family.repository.js';

/** The content of the row of a new opaque access token. */
export interface NewAccessToken {
  /** `jti`, a uuid. */
  readonly tokenId: string;
  readonly clientId: string;
  /** `sub`: the end user, or the client itself. */
  readonly subject: string;
  /** Undefined for a token that a client holds in its own right. */
  readonly family: TokenFamilyReference | undefined;
  readonly scopes: readonly string[];
  readonly audience: readonly string[];
  readonly confirmation: Confirmation | undefined;
  /** Further members of the token, under their names on the wire. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const FOUND = ACCESS_TOKENS.columns(
  'tokenId',
  'clientId',
  'subject',
  'familyId',
  'scopes',
  'audience',
  'confirmation',
  'claims',
  'issuedAt',
  'expiresAt',
);

/** An opaque access token as its row says it, with whether it or its family is revoked. */
export type FoundAccessToken = RowOf<typeof FOUND> & { readonly isRevoked: boolean };

/**
 * Finds a token with its family. A token whose family has gone with its partition counts as revoked, because nothing
 * tells any more whether it was. The family is looked up by a query of its own, because PostgreSQL would hash all
 * families for a join while they seem few.
 */
const FIND = new Statement(
  'access-token-find',
  `SELECT asked.at, ${FOUND.of('t')},
     t.revoked_at IS NOT NULL OR (t.family_id IS NOT NULL AND COALESCE((
       SELECT f.revoked_at IS NOT NULL FROM gatehouse.token_families f WHERE f.period = t.family_period AND f.id = t.family_id
     ), true)) AS "isRevoked"
   FROM unnest($1::integer[], $2::bytea[]) WITH ORDINALITY AS asked(period, digest, at)
     CROSS JOIN LATERAL (
       SELECT * FROM gatehouse.access_tokens WHERE period = asked.period AND digest = asked.digest LIMIT 1
     ) t`,
);

/** Rows of one period, in the order of the index, so that two nodes which revoke the same tokens wait and never lock each other. */
const REVOKE = new Statement(
  'access-tokens-revoke',
  `UPDATE gatehouse.access_tokens SET revoked_at = $3
   WHERE period = $1 AND digest = ANY($2::bytea[]) AND revoked_at IS NULL`,
);

/** Finds and revokes opaque access tokens, which are rows of `access_tokens`. */
@Injectable()
@ExpiringRows(ACCESS_TOKENS)
export class AccessTokenRepository {
  readonly #tokens: LookUp<FoundAccessToken>;
  readonly #revocations: Batch<TokenKey, undefined>;

  constructor(sql: PreparedSql, clock: Clock) {
    this.#tokens = new LookUp(sql, FIND);
    this.#revocations = new Batch<TokenKey, undefined>(async (keys) => {
      for (const period of new Set(keys.map((key) => key.period))) {
        const digests = keys.filter((key) => key.period === period).map(({ digest }) => digest);
        await sql.count(REVOKE, [period, digests, clock.now()]);
      }
      return [];
    });
  }

  /** The token of this key, whether good or not; undefined when there is no such row. */
  find({ period, digest }: TokenKey): Promise<FoundAccessToken | undefined> {
    return this.#tokens.find(period, digest);
  }

  /** Revokes one token alone, in one statement with those that come meanwhile. Revoking it again changes nothing. */
  async revoke(key: TokenKey): Promise<void> {
    await this.#revocations.add(key);
  }
}
