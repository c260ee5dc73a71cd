/** How many connections a process has, and how long whoever asks waits for what: beyond, the answer is 503. */
export interface DatabaseLimits {
  /** Connections at once, besides the one that listens. */
  readonly poolSize: number;
  /** For a free connection, or for a new one to open. */
  readonly connectSeconds: number;
  /** For the answer to a statement. */
  readonly statementSeconds: number;
  /** For a lock that somebody else holds; part of the time of the statement. */
  readonly lockSeconds: number;
}

/** The limits unless settings say otherwise. */
export const DEFAULT_LIMITS: DatabaseLimits = { poolSize: 10, connectSeconds: 5, statementSeconds: 5, lockSeconds: 2 };
