/** A signing key in the database does not open with the key ring: the server cannot start. */
export class SealedSigningKeyError extends Error {
  constructor(kid: string, schema: string) {
    super(
      `The signing key ${kid} in this database does not open with SECRET_KEYS. ` +
        'Put back the secret key that was in SECRET_KEYS when the signing key was made; to change it, write the new one ' +
        'before it (new-id:new-key,old-id:old-key). If the old one is lost, run DELETE FROM ' +
        `${schema}.signing_keys and start again: new` +
        '  signing keys are made, and every token signed so far is refused.',
    );
    this.name = 'SealedSigningKeyError';
  }
}
