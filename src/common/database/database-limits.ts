/** The limits of connections and waiting times of a process. Beyond them the answer is 503. */
export interface DatabaseLimits {
  /** Connections at once, besides the one that listens. */
  readonly poolSize: number;
  /** How long a request waits for a free connection, or for a new one to open. */
  readonly connectSeconds: number;
  /** How long a request waits for the answer to a statement. */
  readonly statementSeconds: number;
  /** How long a statement waits for a lock of another one; part of the time of the statement. */
  readonly lockSeconds: number;
}

/** The limits unless settings say otherwise. */
export const DEFAULT_LIMITS: DatabaseLimits = { poolSize: 10, connectSeconds: 5, statementSeconds: 5, lockSeconds: 2 };
