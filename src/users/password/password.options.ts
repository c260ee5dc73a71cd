import { availableParallelism } from 'node:os';
import { z } from 'zod';
import type { OptionGroup } from '../../common/config/option-group.js';

/** The group `passwords`: how much of the machine goes into hashes, which are slow on purpose. */
export abstract class PasswordOptions {
  /** Hashes that are computed at once, each on a core of its own. @default all cores but one, and at least one */
  abstract readonly hashesAtOnce: number;
  /** Passwords that wait for their hash; whoever comes beyond is asked to come again. @default about a second's work */
  abstract readonly hashesWaiting: number;
}

const HASHES_IN_A_SECOND = 32;
const COUNT = 'must be a whole number from 1';
const count = z.int({ error: COUNT }).min(1, { error: COUNT });
const spareCores = Math.max(1, availableParallelism() - 1);

/** The group `passwords`. */
export const passwordGroup: OptionGroup<PasswordOptions> = {
  token: PasswordOptions,
  rule: z.strictObject({
    hashesAtOnce: count.default(spareCores),
    hashesWaiting: count.default(spareCores * HASHES_IN_A_SECOND),
  }),
};
