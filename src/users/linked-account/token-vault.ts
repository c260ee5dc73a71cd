import type { RemoteTokens } from './remote-tokens.js';

/** Which identity at a remote app tokens are for: issuer and subject name it for good. */
export interface RemoteSubject {
  /** The issuer identifier, or the remote app's name where the provider has none. */
  readonly issuer: string;
  readonly subject: string;
}

/**
 * Port: keeps the tokens that remote apps gave for linked accounts. Nothing else stores them. Replace it to keep them
 * in a vault of your own; whatever keeps them must not be readable by whoever reads the database alone.
 */
export abstract class TokenVault {
  /** Keeps tokens in the place of earlier ones. Called after the account is linked; nothing happens when it is not. */
  abstract keep(owner: RemoteSubject, tokens: RemoteTokens): Promise<void>;
  /** The tokens that were kept last; undefined when there are none, or none that can be read any more. */
  abstract find(owner: RemoteSubject): Promise<RemoteTokens | undefined>;
  /** Forgets the tokens; the account stays linked. */
  abstract remove(owner: RemoteSubject): Promise<void>;
}
