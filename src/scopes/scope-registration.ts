import { z } from 'zod';
import type { Scope } from './scope-registry.js';

/** The rule of a scope that is to be declared: its name (RFC 6749 section 3.3), and a sentence for end users. */
export const scopeRegistration: z.ZodType<Scope> = z.object({
  name: z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be one scope name (RFC 6749 section 3.3)'),
  description: z.string().min(1).max(500),
});
