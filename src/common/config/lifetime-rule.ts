import { z } from 'zod';

/** The rule of an option that is a lifetime: whole seconds within bounds, both included. */
export function secondsBetween(least: number, most: number): z.ZodInt {
  const error = `must be whole seconds from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}
