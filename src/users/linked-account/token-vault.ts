import type { RemoteTokens } from './remote-tokens.js';

/** The identity at a remote app that tokens belong to. Issuer and subject name it for good. */
export interface RemoteSubject {
  /** The issuer identifier, or the authorize URL where the provider has none. */
  readonly issuer: string;
  readonly subject: string;
}

/**
 * Port: keeps the tokens that remote apps gave for linked accounts. Nothing else stores them. Replace this class to
 * keep the tokens in a vault of your own. Reading the database alone must not be enough to read the tokens.
 */
export abstract class TokenVault {
  /**
   * Keeps tokens in the place of earlier ones. Called after the account is linked; does nothing for an account that is
   * not linked.
   */
  abstract keep(owner: RemoteSubject, tokens: RemoteTokens): Promise<void>;
  /** The tokens that were kept last; undefined when there are none, or none that can be read any more. */
  abstract find(owner: RemoteSubject): Promise<RemoteTokens | undefined>;
  /**
   * Keeps the tokens that a refresh gave, unless others than those that were sent are kept meanwhile. A vault that can
   * compare and write in one step does better than this one, which reads first.
   */
  async replace(owner: RemoteSubject, sent: RemoteTokens, fresh: RemoteTokens): Promise<void> {
    if ((await this.find(owner))?.refreshToken === sent.refreshToken) await this.keep(owner, fresh);
  }
  /** Forgets the tokens; the account stays linked. */
  abstract remove(owner: RemoteSubject): Promise<void>;
}
