/** One thing without which the server cannot serve. */
export interface HealthCheck {
  /** The member that tells its state. */
  readonly name: string;
  /** Rejects or throws when it is missing; the reason is logged and not shown. */
  check(): void | Promise<void>;
}
