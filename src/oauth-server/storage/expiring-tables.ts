import { ExpiringTable } from '../../common/database/expiring-table.js';
import { AccessTokenEntity } from './entities/access-token.entity.js';
import { AuthorizationCodeEntity } from './entities/authorization-code.entity.js';
import { RefreshTokenEntity } from './entities/refresh-token.entity.js';
import { RevocationEntity } from './entities/revocation.entity.js';
import { TokenFamilyEntity } from './entities/token-family.entity.js';

/** Authorization codes. A row is kept for a while after its end, so that a replayed code is recognised. */
export const AUTHORIZATION_CODES = new ExpiringTable<AuthorizationCodeEntity, 'issuedAt'>(
  AuthorizationCodeEntity,
  7,
  31,
  'gate_ac_',
);

/** Token families live at most 400 days. */
export const TOKEN_FAMILIES = new ExpiringTable<TokenFamilyEntity, 'beganAt'>(TokenFamilyEntity, 30, 400);

/** Refresh tokens live at most 400 days. */
export const REFRESH_TOKENS = new ExpiringTable(RefreshTokenEntity, 30, 400, 'gate_rt_');

/** Opaque access tokens live at most 31 days. */
export const ACCESS_TOKENS = new ExpiringTable(AccessTokenEntity, 7, 31, 'gate_at_');

/** Revocations. A row is kept until the last access token that it stops would have expired. */
export const REVOCATIONS = new ExpiringTable(RevocationEntity, 7, 31);
