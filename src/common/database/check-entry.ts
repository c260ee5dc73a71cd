import type { z } from 'zod';
import { InvalidEntryError } from '../errors/invalid-entry.error.js';
import { findUnstorable } from './unstorable-text.js';

/** The entry as the rule makes it. Raises InvalidEntryError with all that is wrong. */
export function checkEntry<Entry>(rule: z.ZodType<Entry>, given: unknown): Entry {
  const path = findUnstorable(given);
  if (path !== undefined) throw new InvalidEntryError([{ path, problem: 'has a NUL or half a surrogate pair' }]);
  const { data, error } = rule.safeParse(given);
  if (error !== undefined) {
    throw new InvalidEntryError(error.issues.map((issue) => ({ path: issue.path, problem: issue.message })));
  }
  return data;
}
