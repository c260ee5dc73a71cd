import { z } from 'zod';

/** The members of client metadata about tokens that were issued to other clients. */
export const introspectionFragment = z.object({
  /** May introspect every token whose audience it is (RFC 7662 section 4). */
  resource_server: z.boolean().default(false),
});
