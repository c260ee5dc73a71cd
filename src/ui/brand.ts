import { z } from 'zod';

const MAX_NAME_LENGTH = 60;

/** What the pages call themselves; every member has a default. */
export const brandRule = z.strictObject({
  /** Stands in the head of every page and in its title. */
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH).default('Gatehouse'),
});

/** The options of the group `brand`, as an application gives them. */
export type BrandOptions = z.input<typeof brandRule>;

/** What the pages call themselves. */
export abstract class Brand {
  abstract readonly name: string;
}
