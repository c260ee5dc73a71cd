/** The check of one part without which the server cannot serve. */
export interface HealthCheck {
  /** The name of the part in the readiness report. */
  readonly name: string;
  /** Rejects or throws when the part is down. The reason is logged and not shown. */
  check(): void | Promise<void>;
  /** What else operators should know of it, beside its state. */
  tell?(): Readonly<Record<string, string | number>>;
}
