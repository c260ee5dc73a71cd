/** Port: how passwords are hashed. Replace it to accept hashes that you bring along. */
export abstract class PasswordHasher {
  /** A PHC string. */
  abstract hash(password: string): Promise<string>;
  /** Takes as long for an undefined hash as for a wrong password, so that time does not tell who exists. */
  abstract verify(password: string, hash: string | undefined): Promise<boolean>;
}
