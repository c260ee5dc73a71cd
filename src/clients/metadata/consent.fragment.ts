import { z } from 'zod';

/** What the consent page asks about a client and shows of it. */
export const consentFragment = z.object({
  /** Skips consent: the operator's own client. */
  first_party: z.boolean().default(false),
  /** Shown as the publisher. */
  publisher: z.string().max(200).optional(),
});
