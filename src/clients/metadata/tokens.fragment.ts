import { z } from 'zod';

const DAY_SECONDS = 86_400;

/** No longer than rows of its kind can live, nor a code than RFC 6749 section 4.1.2 recommends. */
const seconds = (max: number) => z.int().positive().max(max);

/** The form of a client's access tokens, and how long what is issued to it lives where the server's lifetimes do not fit. */
export const tokensFragment = z.object({
  access_token_format: z.string().min(1).default('jwt'),
  access_token_lifetime: seconds(31 * DAY_SECONDS).optional(),
  authorization_code_lifetime: seconds(600).optional(),
  refresh_token_lifetime: seconds(400 * DAY_SECONDS).optional(),
  id_token_lifetime: seconds(31 * DAY_SECONDS).optional(),
});
