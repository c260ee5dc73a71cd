import type { StandardClaims, User } from './user.js';

/** What is known of a person who is to be stored. */
export interface NewUser {
  readonly email: string;
  readonly emailVerified?: boolean;
  readonly passwordHash?: string | undefined;
  readonly claims?: StandardClaims;
}

/**
 * Port: where people are kept. Replace it to ask a directory or service of your own. Sessions and linked accounts refer
 * to rows of `users`, so whom it finds must have a row there of the same id.
 */
export abstract class UserStore {
  /** The person of this id; undefined for one who is gone, and for one who is disabled and so may do nothing. */
  abstract findById(id: string): Promise<User | undefined>;
  /** The same by e-mail address, compared without regard to case. */
  abstract findByEmail(email: string): Promise<User | undefined>;
  /** Stores or overwrites by e-mail address, in one statement; the same call twice changes nothing. */
  abstract upsertByEmail(user: NewUser): Promise<User>;
}
