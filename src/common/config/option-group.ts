import type { Abstract } from '@nestjs/common';
import { z } from 'zod';

/**
 * One group of the options tree, beside the feature that it belongs to: the class by which the feature injects its
 * options, and the rule that checks what an application gives and fills in the defaults. A group is one such file, and
 * one line in the tree (`src/gatehouse.options.ts`):
 * ```ts
 * export abstract class LampOptions {
 *   abstract readonly brightness: number;
 * }
 * export const lampGroup: OptionGroup<LampOptions> = {
 *   token: LampOptions,
 *   rule: z.strictObject({ brightness: z.int().min(0).default(5) }),
 * };
 * ```
 */
export interface OptionGroup<Options extends object> {
  readonly token: Abstract<Options>;
  /** Messages are told after the path of the option, for example `lamp.brightness: must be …`; none repeats a secret. */
  readonly rule: z.ZodType<Options>;
  /** What is checked where an application leaves the group out. @default {} */
  readonly leftOut?: unknown;
}

/** The whole tree: the options at its top, and each group by its name. */
export interface OptionTree {
  readonly top: OptionGroup<object>;
  readonly groups: Readonly<Record<string, OptionGroup<object>>>;
}

/** The rule of an option that is a lifetime: whole seconds within bounds, both included. */
export function secondsBetween(least: number, most: number): z.ZodInt {
  const error = `must be whole seconds from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}
