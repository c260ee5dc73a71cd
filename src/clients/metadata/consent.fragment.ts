import { z } from 'zod';

/** The members of client metadata that the consent page reads. */
export const consentFragment = z.object({
  /** True for a client of the operator, whose end users are not asked for consent. */
  first_party: z.boolean().default(false),
  /** Shown as the publisher. */
  publisher: z.string().max(200).optional(),
});
