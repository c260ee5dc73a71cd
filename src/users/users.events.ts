interface UserChanged {
  readonly subject: string;
}

interface SignInFailed {
  /** The subject of the account; undefined where there is none or it is not known. */
  readonly subject?: string | undefined;
  /** The provider at which it failed; undefined for a password. */
  readonly provider?: string | undefined;
  /** The address that it was tried from. */
  readonly address?: string | undefined;
  /** `wrong_password`, `unknown_account`, or the code of the failure at a provider. */
  readonly reason: string;
}

interface SignInThrottled {
  /** The subject of the account that was tried; undefined where there is none. */
  readonly subject?: string | undefined;
  /** The address that it was tried from. */
  readonly address?: string | undefined;
  readonly retryAfterSeconds: number;
}

interface AccountLinked {
  readonly subject: string;
  /** The name of the remote app. */
  readonly provider: string;
}

interface RemoteTokensTakenBack {
  /** The name of the remote app. */
  readonly provider: string;
  /** False where the provider has no way to do so, or was asked in vain for days and is asked no more. */
  readonly isDone: boolean;
}

interface RemoteTokensRefreshed {
  readonly subject: string;
  /** The name of the remote app. */
  readonly provider: string;
}

/** The events of end users and of how they prove who they are. */
export interface UsersEvents {
  /** An end user was stored by the application or an operator. */
  readonly 'user.created': UserChanged;
  /** Address or claims of an end user changed. */
  readonly 'user.changed': UserChanged;
  /** An end user has another password, and everything given before is over. */
  readonly 'user.password_changed': UserChanged;
  /** An end user was disabled, and everything given before is over. */
  readonly 'user.disabled': UserChanged;
  /** A disabled end user is enabled again. */
  readonly 'user.enabled': UserChanged;
  /** An end user was removed for good. */
  readonly 'user.removed': UserChanged;
  /** An operator or the application ended one session of an end user, or all of them. */
  readonly 'session.ended': UserChanged;
  readonly 'sign_in.failed': SignInFailed;
  /** A password was not looked at, because too many were wrong. */
  readonly 'sign_in.throttled': SignInThrottled;
  /** An identity at a provider belongs to an account from now on. */
  readonly 'account.linked': AccountLinked;
  /** An identity at a provider is no way into an account any more. */
  readonly 'account.unlinked': AccountLinked;
  /** The provider was asked to take the tokens of an unlinked account back. */
  readonly 'remote_tokens.taken_back': RemoteTokensTakenBack;
  /** The tokens of a linked account were exchanged for new ones. */
  readonly 'remote_tokens.refreshed': RemoteTokensRefreshed;
}

declare module '../common/events/gatehouse-event.js' {
  interface GatehouseEvents extends UsersEvents {}
}
