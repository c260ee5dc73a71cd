import { z } from 'zod';

const DAY_SECONDS = 86_400;

/**
 * The rule of a lifetime in seconds: no longer than rows of its kind can live, and for a code no longer than RFC 6749
 * section 4.1.2 recommends.
 */
const seconds = (max: number) => z.int().positive().max(max);

/** The format of a client's access tokens, and lifetimes of its tokens where those of the server do not fit. */
export const tokensFragment = z.object({
  access_token_format: z.string().min(1).default('jwt'),
  access_token_lifetime: seconds(31 * DAY_SECONDS).optional(),
  authorization_code_lifetime: seconds(600).optional(),
  refresh_token_lifetime: seconds(400 * DAY_SECONDS).optional(),
  id_token_lifetime: seconds(31 * DAY_SECONDS).optional(),
});
