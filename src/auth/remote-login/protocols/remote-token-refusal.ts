/**
 * A provider's refusal of tokens: its token endpoint gave no new ones (RFC 6749 section 5.2), or its API did not take
 * those that it was given (RFC 6750 section 3.1).
 */
export class RemoteTokenRefusal extends Error {
  override readonly name = 'RemoteTokenRefusal';

  constructor(
    message: string,
    /** The provider's own error code, such as `invalid_grant`; undefined where it sent none that can be read. */
    readonly providerCode: string | undefined,
    /** The HTTP status of the answer. */
    readonly status: number,
    /**
     * True where asking again with the same tokens can never succeed; false for 429 and 5xx, after which the tokens may
     * still be good.
     */
    readonly isFinal: boolean,
    /** How long to wait before the next try, where the provider said so (RFC 9110 section 10.2.3). */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
