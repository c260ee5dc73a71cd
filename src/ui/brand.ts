import { z } from 'zod';
import type { OptionGroup } from '../common/config/option-group.js';

const MAX_NAME_LENGTH = 60;

/** The group `brand`: the name that pages show. */
export abstract class Brand {
  /** The name in the head and the title of every page. At most 60 characters. @default Gatehouse */
  abstract readonly name: string;
}

/** The group `brand`. */
export const brandGroup: OptionGroup<Brand> = {
  token: Brand,
  rule: z.strictObject({ name: z.string().trim().min(1).max(MAX_NAME_LENGTH).default('Gatehouse') }),
};
