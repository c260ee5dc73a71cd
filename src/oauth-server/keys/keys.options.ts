import { z } from 'zod';
import type { OptionGroup } from '../../common/config/option-group.js';

/** The group `keys`: the signing keys. */
export abstract class KeysOptions {
  /** After how many days of signing a key makes room for the next one; 0: only by a command. @default 90 */
  abstract readonly rotationDays: number;
}

const error = 'must be whole days from 0 to 3650';

/** The group `keys`. */
export const keysGroup: OptionGroup<KeysOptions> = {
  token: KeysOptions,
  rule: z.strictObject({ rotationDays: z.int({ error }).min(0, { error }).max(3650, { error }).default(90) }),
};
