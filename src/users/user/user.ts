import { displayName } from '../../common/display-name.js';

/** OpenID Connect standard claims besides sub and e-mail (OpenID Connect Core section 5.1), as they go on the wire. */
export type StandardClaims = Readonly<Record<string, unknown>>;

/** An end user as every module sees one. */
export interface User {
  /** The public subject identifier; a uuid in the table `users`. */
  readonly id: string;
  /**
   * The e-mail address in its normal form, see `normalEmail`; undefined for an end user who came from a provider that
   * gives no address.
   */
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  /** PHC string of argon2id; undefined for one who signs in elsewhere only. */
  readonly passwordHash: string | undefined;
  readonly claims: StandardClaims;
  readonly updatedAt: Date;
}

/** The name of an end user on pages: name and e-mail address, or whichever is known. */
export function labelOf({ id, email = '', claims }: User): string {
  const name = typeof claims.name === 'string' ? displayName(claims.name) : '';
  const address = displayName(email);
  if (name !== '' && address !== '') return `${name} (${address})`;
  return name || address || id;
}
