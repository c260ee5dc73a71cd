import { z } from 'zod';
import { KeyRing } from '../crypto/key-ring.js';
import { DatabaseSchema } from '../database/database-schema.js';
import { parseUrl } from '../url/parse-url.js';
import type { OptionGroup } from './option-group.js';

/** The options at the top of the tree, which every module of Gatehouse needs. */
export abstract class CommonOptions {
  /** The issuer identifier: an absolute URL without query or fragment. */
  abstract readonly issuer: string;
  /** The key ring as `id:key,id:key`, newest first. */
  abstract readonly secretKeys: string;
  /** The PostgreSQL schema of all tables, for which `migrationsIn` gives the migrations; `gatehouse` by default. */
  abstract readonly schema?: string | undefined;
  /**
   * Which handlers of the application need a signed-in end user: those that are marked with `@RequireSignIn()` or
   * `@RequireScopes()`, or `all` that are not `@Public()`. @default 'marked'
   */
  abstract readonly guard?: 'all' | 'marked' | undefined;
  /**
   * The path to which an end user is led who signed in without being on the way to anywhere, such as `/dashboard`, as
   * browsers see it. @default the start page
   */
  abstract readonly home?: string | undefined;
}

const ISSUER_FIX = 'set it to the URL by which browsers reach this server, such as https://id.example.com';
const KEYS_FIX = 'set it to id:key, where key is 32 random bytes as base64url';
const SCHEMA_FIX = 'leave it out for gatehouse, or set it to another plain name';

const issuer = z.string({ error: `is missing; ${ISSUER_FIX}` }).superRefine((url, { addIssue }) => {
  if (/^https?:\/\/[^?#]+$/i.test(url) && parseUrl(url) !== undefined) return;
  const problem = url === '' ? 'is missing' : `is "${url}", not an absolute http(s) URL without query and fragment`;
  addIssue(`${problem}; ${ISSUER_FIX}`);
});

const secretKeys = z.string({ error: `is missing; ${KEYS_FIX}` }).superRefine((text, { addIssue }) => {
  const problem = faultOf(() => KeyRing.parse(text));
  if (problem !== undefined) addIssue(`${text === '' ? 'is missing' : `cannot be used: ${problem}`}; ${KEYS_FIX}`);
});

const schema = z.string({ error: `is no text; ${SCHEMA_FIX}` }).superRefine((name, { addIssue }) => {
  const problem = faultOf(() => new DatabaseSchema(name));
  if (problem !== undefined) addIssue(`${problem}; ${SCHEMA_FIX}`);
});

const home = z
  .string()
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, { error: 'must be a path of this host, such as /dashboard' });

const guard = z.enum(['all', 'marked'], { error: "must be 'all' or 'marked'" });

/** The options at the top of the tree. */
export const commonGroup: OptionGroup<CommonOptions> = {
  token: CommonOptions,
  rule: z.strictObject({
    issuer,
    secretKeys,
    schema: schema.optional(),
    guard: guard.default('marked'),
    home: home.optional(),
  }),
};

function faultOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
