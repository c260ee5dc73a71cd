import { z } from 'zod';

/**
 * The methods by which a client may prove that it began the authorization request whose code it redeems (RFC 7636
 * section 4.2).
 */
export const pkceFragment = z.object({
  /** `plain` is refused unless listed (RFC 9700 section 2.1.1). */
  code_challenge_methods: z.array(z.enum(['S256', 'plain'])).default(['S256']),
});
