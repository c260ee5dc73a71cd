import type { TokenFamily } from './token-family.js';

/** The columns by which a code or a refresh token comes with its family, under the names of `token_families`. */
export interface TokenFamilyRow {
  period: number;
  id: string;
  authorization_id: string;
  client_id: string;
  user_id: string;
  session_id: string | null;
  scopes: string[];
  auth_time: Date;
  amr: string[];
}

/** The family that a row names, with the end of its lifetime. */
export function tokenFamilyOf(row: TokenFamilyRow, expiresAt: Date): TokenFamily {
  return {
    period: row.period,
    id: row.id,
    authorizationId: row.authorization_id,
    clientId: row.client_id,
    userId: row.user_id,
    sessionId: row.session_id ?? undefined,
    scopes: row.scopes,
    authTime: row.auth_time,
    amr: row.amr,
    expiresAt,
  };
}
