interface SignedIn {
  readonly subject: string;
  /** `amr`: how the end user proved who they are (RFC 8176), for example `pwd`. */
  readonly amr: readonly string[];
  /** The address that the request came from. */
  readonly address?: string | undefined;
}

interface SignedOut {
  readonly subject: string;
}

/** The events of sign-in sessions. */
export interface SignInEvents {
  readonly 'end_user.signed_in': SignedIn;
  readonly 'end_user.signed_out': SignedOut;
}

declare module '../../common/events/gatehouse-event.js' {
  interface GatehouseEvents extends SignInEvents {}
}
