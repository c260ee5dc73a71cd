/** A next signing key is younger than copies of the key set that verifiers may still use. */
export class EarlyRotationError extends Error {
  override readonly name = 'EarlyRotationError';

  /** `seconds` is how long the key must still be published before it may sign. */
  constructor(seconds: number) {
    super(
      `The next signing keys were published a short while ago, and verifiers may not know them yet. Rotate in ${seconds} ` +
        'seconds; to stop using a key at once whatever that costs, retire it.',
    );
  }
}
