import { z } from 'zod';

/** What a client may learn of tokens that it did not get itself. */
export const introspectionFragment = z.object({
  /** May introspect every token whose audience it is (RFC 7662 section 4). */
  resource_server: z.boolean().default(false),
});
