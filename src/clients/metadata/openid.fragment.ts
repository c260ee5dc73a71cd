import { z } from 'zod';

/** Client metadata of OpenID Connect Dynamic Client Registration section 2. */
export const openidFragment = z.object({
  /** Where it is left out, the redirect URIs tell a program on the end user's device from a web client. */
  application_type: z.enum(['web', 'native']).optional(),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256', 'EdDSA', 'PS256']).default('RS256'),
  /** Seconds. */
  default_max_age: z.int().nonnegative().optional(),
  require_auth_time: z.boolean().default(false),
});
