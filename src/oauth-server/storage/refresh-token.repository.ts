import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decrypt, encrypt } from '../../common/crypto/aes-gcm.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { LookUp } from '../../common/database/look-up.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { type RowOf, Table } from '../../common/database/table.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import { isStoredUser } from '../../users/user/end-users.js';
import { RefreshAnswerEntity } from './entities/refresh-answer.entity.js';
import { REFRESH_TOKENS, TOKEN_FAMILIES } from './expiring-tables.js';
import { composeAhead } from './issuing.repository.js';
import { isCutOff, type TokenFamily, type TokenFamilyReference, tokenFamilyFields } from './token-family.repository.js';

/** A refresh token with the family that it is a link of. */
export interface StoredRefreshToken {
  readonly family: TokenFamily;
  /** True when the family is revoked, or when its client or end user went out of use after the family began. */
  readonly isRevoked: boolean;
  /** True when the end user stands in the table `users` and is not disabled. */
  readonly isStoredUser: boolean;
  readonly expiresAt: Date;
  /** When and for which response the token was spent; undefined while it can be spent. */
  readonly spent: SpentRefreshToken | undefined;
}

/** When a refresh token was spent, with the response that it gave. */
export interface SpentRefreshToken {
  readonly at: Date;
  /** The response, for a retry; undefined where it is kept no more. */
  readonly answer: KeptAnswer | undefined;
}

/** The response that a refresh gave, kept for a retry. */
export interface KeptAnswer {
  readonly sealedResponse: Buffer;
  /** True once the refresh token in the response was used, so that the client cannot have lost the response. */
  readonly isSuccessorSpent: boolean;
}

const REFRESH_ANSWERS = new Table(RefreshAnswerEntity);
const ANSWER = REFRESH_ANSWERS.columns('sealedResponse');

const TOKEN = REFRESH_TOKENS.columns('expiresAt', 'spentAt', 'sealedResponse');
const FAMILY = TOKEN_FAMILIES.columns(
  'period',
  'id',
  'authorizationId',
  'clientId',
  'subject',
  'signIn',
  'granted',
  'confirmation',
  'accessTokenSeconds',
  'hasUnstoredTokens',
);

type Row = RowOf<typeof TOKEN> &
  RowOf<typeof FAMILY> & {
    readonly familyExpiresAt: Date;
    readonly isRevoked: boolean;
    readonly isStoredUser: boolean;
  };

const FIND = new Statement(
  'refresh-token-find',
  `SELECT asked.at, ${TOKEN.of('t')}, ${FAMILY.of('f')}, f.expires_at AS "familyExpiresAt",
     f.revoked_at IS NOT NULL OR ${isCutOff('f', 'began_at')} AS "isRevoked", ${isStoredUser('f.subject')} AS "isStoredUser"
   FROM unnest($1::integer[], $2::bytea[]) WITH ORDINALITY AS asked(period, digest, at)
     CROSS JOIN LATERAL (
       SELECT * FROM gatehouse.refresh_tokens WHERE period = asked.period AND digest = asked.digest LIMIT 1
     ) t
     CROSS JOIN LATERAL (
       SELECT * FROM gatehouse.token_families WHERE period = t.family_period AND id = t.family_id LIMIT 1
     ) f`,
);

const FIND_ANSWER = new Statement(
  'refresh-answer-find',
  `SELECT ${ANSWER.of('a')}, COALESCE((SELECT s.spent_at IS NOT NULL FROM gatehouse.refresh_tokens s
     WHERE s.period = a.successor_period AND s.digest = a.successor_digest
   ), false) AS "isSuccessorSpent"
   FROM gatehouse.refresh_answers a WHERE a.digest = $1`,
);

const DELETE_ANSWERS = new Statement(
  'refresh-answers-delete',
  'DELETE FROM gatehouse.refresh_answers WHERE expires_at <= $1',
);

const SPEND = {
  name: 'refresh-token',
  sql: `UPDATE gatehouse.refresh_tokens t SET spent_at = $3 FROM gatehouse.token_families f
        WHERE t.period = $1 AND t.digest = $2 AND t.spent_at IS NULL
          AND f.period = $8 AND f.id = $9 AND f.id = t.family_id AND f.revoked_at IS NULL
          AND NOT ${isCutOff('f', 'began_at')}
        RETURNING 1`,
  alongside: `INSERT INTO gatehouse.refresh_answers (digest, successor_period, successor_digest, sealed_response, expires_at)
    SELECT $2, $4::integer, $5::bytea, $6::bytea, $7::timestamptz FROM passed WHERE $7 > $3`,
};
composeAhead(SPEND, false);

/** Refresh tokens in the table `refresh_tokens`, as digests. */
@Injectable()
@ExpiringRows(REFRESH_TOKENS)
export class RefreshTokenRepository {
  readonly #tokens: LookUp<Row>;

  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
  ) {
    this.#tokens = new LookUp(sql, FIND);
  }

  /** A refresh token, whether spent or not. A text that is mistyped or no refresh token costs no query. */
  async find(token: string): Promise<StoredRefreshToken | undefined> {
    const key = REFRESH_TOKENS.keyOf(token);
    if (key === undefined) return undefined;
    const row = await this.#tokens.find(key.period, key.digest);
    if (row === undefined) return undefined;
    const answer = row.spentAt === null ? undefined : await this.sql.row<KeptAnswer>(FIND_ANSWER, [key.digest]);
    return storedTokenOf(row, answer);
  }

  /**
   * The statement that spends an unspent token of a family that stands, and keeps the response sealed for a retry within
   * this time; to be handed to the token issuer.
   */
  spending(token: string, family: TokenFamilyReference, replayWindowSeconds: number) {
    const key = REFRESH_TOKENS.keyOf(token);
    const values = (response: { readonly refresh_token?: string }) => {
      const now = this.clock.now();
      const successor = REFRESH_TOKENS.keyOf(response.refresh_token ?? '');
      const kept = [successor?.period, successor?.digest, sealResponse(response, token)];
      const keptUntil = secondsAfter(now, replayWindowSeconds);
      return [key?.period, key?.digest, now, ...kept, keptUntil, family.period, family.id];
    };
    return { ...SPEND, values };
  }

  /** Deletes the responses that no retry can ask for any more. */
  async deleteOldAnswers(): Promise<void> {
    await this.sql.count(DELETE_ANSWERS, [this.clock.now()]);
  }
}

function storedTokenOf(row: Row, answer: KeptAnswer | undefined): StoredRefreshToken {
  const { period, id, accessTokenSeconds, hasUnstoredTokens, isRevoked, expiresAt, spentAt, sealedResponse } = row;
  // A node of the version before kept the response in the row of the token.
  const earlier = sealedResponse === null ? undefined : { sealedResponse, isSuccessorSpent: false };
  return {
    family: {
      ...tokenFamilyFields(row),
      period,
      id,
      accessTokenSeconds,
      hasUnstoredTokens,
      expiresAt: row.familyExpiresAt,
    },
    isRevoked,
    isStoredUser: row.isStoredUser,
    expiresAt,
    spent: spentAt === null ? undefined : { at: spentAt, answer: answer ?? earlier },
  };
}

/**
 * Seals a response under a key derived from the token that was spent for it, so that only the holder of that token can
 * open it.
 */
export function sealResponse(response: object, spentToken: string): Buffer {
  return encrypt(keyOf(spentToken), JSON.stringify(response));
}

/**
 * Opens a response that `sealResponse` sealed for the same token. Throws for any other token. The caller knows the
 * shape of the response.
 */
export function openResponse<Response extends object>(sealed: Buffer, spentToken: string): Response {
  return JSON.parse(decrypt(keyOf(spentToken), sealed).toString('utf8')) as Response;
}

/**
 * The key that is derived from a token. The database has the SHA-256 of the token alone, from which this key cannot be
 * made.
 */
function keyOf(token: string): Buffer {
  return createHmac('sha256', token).update('gatehouse token response').digest();
}
