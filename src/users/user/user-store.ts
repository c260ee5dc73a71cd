import type { EntityManager } from 'typeorm';
import type { StandardClaims, User } from './user.js';

/** An end user who is to be stored. */
export interface NewUser {
  /** Undefined for one who comes from a provider that gives no address. */
  readonly email?: string | undefined;
  readonly emailVerified?: boolean;
  readonly passwordHash?: string | undefined;
  readonly claims?: StandardClaims;
  /** The issuer that has verified the address; undefined for one that is known otherwise. */
  readonly emailSource?: string | undefined;
}

/**
 * Port: where end users are kept. Replace it to ask a directory or service of your own: nothing of ours refers to the
 * table `users`. It is asked at every use of a session or refresh token, so that an end user who is disabled is signed
 * out at once. An id is a subject identifier: up to 255 ASCII characters that never go to somebody else (OpenID Connect
 * Core section 2), and that no client has for its id (RFC 9068 section 5).
 */
export abstract class UserStore {
  /** The end user of this id; undefined for one who is gone, and for one who is disabled and so may do nothing. */
  abstract findById(id: string): Promise<User | undefined>;
  /**
   * The end user of this e-mail address, which is given in its normal form: lower case, NFC, and a domain of other
   * scripts in A-labels (RFC 5890), as `jörg@xn--bcher-kva.example`.
   */
  abstract findByEmail(email: string): Promise<User | undefined>;
  /**
   * Stores an end user who has signed in at a remote app for the first time; undefined, with nothing stored, when the
   * address belongs to somebody. The account is linked in the transaction of this manager: a store in the same database
   * works in it, so that there are both or neither. One that is elsewhere is asked once for each account at a time.
   */
  abstract create(user: NewUser, transaction: EntityManager): Promise<User | undefined>;
  /**
   * Follows a change of address at the issuer that the address of an end user came from: the new one is stored where
   * nobody else has it. An address that came from elsewhere stays. A store that does not override this follows nothing.
   */
  async followEmail(_id: string, _email: string, _source: string): Promise<void> {}
  /**
   * Takes an address away from an end user who has it from this issuer, which has verified it for somebody else now. True
   * where somebody had it.
   */
  async releaseEmail(_email: string, _source: string): Promise<boolean> {
    return false;
  }
  /** Stores or overwrites by e-mail address, in one statement; the same call twice changes nothing. */
  abstract upsertByEmail(user: NewUser & { readonly email: string }): Promise<User>;
}
