import { z } from 'zod';

/** Client metadata of OpenID Connect Dynamic Client Registration section 2. */
export const openidFragment = z.object({
  id_token_signed_response_alg: z.enum(['RS256', 'ES256', 'EdDSA', 'PS256']).default('RS256'),
  /** Seconds. */
  default_max_age: z.int().nonnegative().optional(),
  require_auth_time: z.boolean().default(false),
});
