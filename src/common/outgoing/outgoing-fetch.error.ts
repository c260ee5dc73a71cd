/** Why a call to another server brought no answer that can be used. */
export type OutgoingFetchFault = 'unreachable' | 'too-slow' | 'too-large' | 'redirects' | 'private-address';

/** A call to another server that was not made or was broken off. */
export class OutgoingFetchError extends Error {
  constructor(
    readonly fault: OutgoingFetchFault,
    message: string,
  ) {
    super(message);
    this.name = 'OutgoingFetchError';
  }
}
