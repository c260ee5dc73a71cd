import type { Confirmation } from '../../common/confirmation.js';
import { type SignIn, signInFromJson } from '../../users/session/sign-in.js';
import type { TokenFamilyEntity } from './entities/token-family.entity.js';
import type { GrantedAccess } from './granted-access.js';

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
  /** `sub`: the end user. */
  readonly subject: string;
  readonly signIn: SignIn;
  /** What the end user allowed: a refresh may ask for less. */
  readonly granted: GrantedAccess;
  /** The key that the refresh tokens are bound to; undefined for a family that is bound to none. */
  readonly confirmation: Confirmation | undefined;
  /** The longest that an access token of the family lives. */
  readonly accessTokenSeconds: number;
  /** True when an access token of the family says by itself what it is good for, as a JWT does. */
  readonly hasUnstoredTokens: boolean;
  /** When there is nothing more in it that could live. */
  readonly expiresAt: Date;
}

/** The columns that the table of codes and the table of families have in common. */
type TokenFamilyRow = Pick<
  TokenFamilyEntity,
  'authorizationId' | 'clientId' | 'subject' | 'signIn' | 'granted' | 'confirmation'
>;

/** Reads what a row of either table says of a family. */
export function tokenFamilyFields(
  row: TokenFamilyRow,
): Pick<TokenFamily, 'authorizationId' | 'clientId' | 'subject' | 'signIn' | 'granted' | 'confirmation'> {
  return {
    authorizationId: row.authorizationId,
    clientId: row.clientId,
    subject: row.subject,
    signIn: signInFromJson(row.signIn),
    granted: row.granted,
    confirmation: row.confirmation ?? undefined,
  };
}
