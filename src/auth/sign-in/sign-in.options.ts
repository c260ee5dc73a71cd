import { z } from 'zod';
import type { OptionGroup } from '../../common/config/option-group.js';

/** The group `signIn`: the ways in that the sign-in page offers. */
export abstract class SignInOptions {
  /** False where end users sign in at providers alone: there is no form, and a password that is sent is refused. @default true */
  abstract readonly password: boolean;
}

/** The group `signIn`. */
export const signInGroup: OptionGroup<SignInOptions> = {
  token: SignInOptions,
  rule: z.strictObject({ password: z.boolean({ error: 'must be true or false' }).default(true) }),
};
