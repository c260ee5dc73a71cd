/** A login that anybody may use. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
}

/** Port: the logins that the landing page prints. Provided only where the data is a demonstration. */
export abstract class DemoAccounts {
  abstract readonly accounts: readonly DemoAccount[];
}
