import { z } from 'zod';
import type { OptionGroup } from '../common/config/option-group.js';

const MAX_NAME_LENGTH = 60;

/** The group `brand`: what the pages call themselves. */
export abstract class Brand {
  /** Stands in the head of every page and in its title. At most 60 characters. @default Gatehouse */
  abstract readonly name: string;
}

/** The group `brand`. */
export const brandGroup: OptionGroup<Brand> = {
  token: Brand,
  rule: z.strictObject({ name: z.string().trim().min(1).max(MAX_NAME_LENGTH).default('Gatehouse') }),
};
