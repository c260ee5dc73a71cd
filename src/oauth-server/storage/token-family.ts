import type { Confirmation } from '../../common/confirmation.js';
import { type SignIn, signInFromJson } from '../../users/session/sign-in.js';
import type { TokenFamilyEntity } from './entities/token-family.entity.js';
import type { GrantedAccess } from './granted-access.js';

/** Names a family: its partition and its id. */
export interface TokenFamilyReference {
  readonly period: number;
  /** The id of the family, a uuid. */
  readonly id: string;
}

/** The tokens of one sign-in at one client, which can be ended together. */
export interface TokenFamily extends TokenFamilyReference {
  readonly authorizationId: string;
  readonly clientId: string;
  /** `sub`: the end user. */
  readonly subject: string;
  readonly signIn: SignIn;
  /** The access that the end user allowed. A refresh may ask for less. */
  readonly granted: GrantedAccess;
  /** The key that the refresh tokens are bound to; undefined for a family that is bound to none. */
  readonly confirmation: Confirmation | undefined;
  /** How many seconds an access token of the family lives at most. */
  readonly accessTokenSeconds: number;
  /** True when an access token of the family is not stored, as a JWT is not. */
  readonly hasUnstoredTokens: boolean;
  /** The instant at which every token of the family is over. */
  readonly expiresAt: Date;
}

/** The columns that the table of codes and the table of families have in common. */
type TokenFamilyRow = Pick<
  TokenFamilyEntity,
  'authorizationId' | 'clientId' | 'subject' | 'signIn' | 'granted' | 'confirmation'
>;

/** Reads the members of a family from a row of either table. */
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
