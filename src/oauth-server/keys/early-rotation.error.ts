/** A next signing key is younger than copies of the key set that verifiers may still use. */
export class EarlyRotationError extends Error {
  override readonly name = 'EarlyRotationError';

  /** Takes for how long it is to be published still. */
  constructor(seconds: number) {
    super(
      `The next signing keys are published since a short while only, and verifiers may not know them. Rotate in ${seconds} ` +
        'seconds; to stop using a key at once whatever that costs, retire it.',
    );
  }
}
