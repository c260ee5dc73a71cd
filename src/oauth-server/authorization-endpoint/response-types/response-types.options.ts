/** Which response types the authorization endpoint offers. */
export interface ResponseTypesOptions {
  /**
   * Whole response types, for example `['code', 'code id_token']`; each word needs a class with `@ResponseTypePart`.
   * Left out, each part that a module provides is a response type of its own, and none are combined.
   */
  readonly responseTypes?: readonly string[] | undefined;
}

/** DI token under which any global module may provide other response types. */
export const RESPONSE_TYPES_OPTIONS = Symbol('ResponseTypesOptions');
