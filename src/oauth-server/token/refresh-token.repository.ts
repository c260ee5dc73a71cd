import { Injectable } from '@nestjs/common';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable } from '../../common/database/expiring-table.js';
import { byteaText, type JsonRow } from '../../common/database/json-row.js';
import { digestOf } from '../../common/random-token.js';
import type { TokenFamilyReference } from './token-family.js';

/** Refresh tokens live at most 400 days. */
export const REFRESH_TOKENS = new ExpiringTable('refresh_tokens', 30, 400);

/** Refresh tokens in the table `refresh_tokens`, as digests. */
@Injectable()
@ExpiringRows(REFRESH_TOKENS)
export class RefreshTokenRepository {}

/** The row that stores a refresh token. */
export function refreshTokenRow(token: string, family: TokenFamilyReference, expiresAt: Date): JsonRow {
  return {
    period: REFRESH_TOKENS.periodOf(expiresAt),
    digest: byteaText(digestOf(token)),
    family_period: family.period,
    family_id: family.id,
    expires_at: expiresAt,
  };
}
