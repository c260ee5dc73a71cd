/** Names a family: its partition and its id. */
export interface TokenFamilyReference {
  readonly period: number;
  /** A uuid. */
  readonly id: string;
}

/** One sign-in at one client: everything issued from it can be ended together. */
export interface TokenFamily extends TokenFamilyReference {
  readonly authorizationId: string;
  readonly clientId: string;
  readonly userId: string;
  /** `sid`; undefined when no browser took part. */
  readonly sessionId: string | undefined;
  /** What the end user allowed: a refresh may ask for less. */
  readonly scopes: readonly string[];
  readonly authTime: Date;
  readonly amr: readonly string[];
  /** The end of its absolute lifetime. */
  readonly expiresAt: Date;
}
