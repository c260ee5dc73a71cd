import { z } from 'zod';
import type { OptionGroup } from '../../common/config/option-group.js';

/** The group `authorization`: the response types that the authorization endpoint offers. */
export abstract class AuthorizationOptions {
  /**
   * Whole response types, for example `['code', 'code id_token']`; each word needs a class with `@ResponseTypePart`.
   * Left out, each part that a module provides is a response type of its own, and none are combined.
   */
  abstract readonly responseTypes?: readonly string[] | undefined;
}

/** The group `authorization`. */
export const authorizationGroup: OptionGroup<AuthorizationOptions> = {
  token: AuthorizationOptions,
  rule: z.strictObject({ responseTypes: z.array(z.string().min(1)).optional() }),
};
