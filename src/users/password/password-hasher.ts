/** Port: how passwords are hashed. Replace this class to accept hashes that you bring along. */
export abstract class PasswordHasher {
  /** Hashes a password into a PHC string. */
  abstract hash(password: string): Promise<string>;
  /**
   * True when the password is the one behind the hash. An undefined hash takes as long as a wrong password, so that
   * time does not tell who has an account.
   */
  abstract verify(password: string, hash: string | undefined): Promise<boolean>;
}
