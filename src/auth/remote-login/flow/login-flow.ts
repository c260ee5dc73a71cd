import type { RemoteApp } from '../remote-app.js';

/** Which provider somebody is signing in at, and where they want to be afterwards: what an error page needs to know. */
export interface LoginAttempt {
  readonly app: RemoteApp;
  /** A path of this server. */
  readonly returnTo: string;
  /** Asks the provider to have the person prove again who they are, where it can (`prompt=login`). */
  readonly mustProveAgain?: boolean;
}

/** What this browser must remember between leaving for the provider and coming back. */
export interface FlowSecrets {
  /** PKCE code verifier (RFC 7636 section 4.1). */
  readonly verifier?: string | undefined;
  /** What the id_token must repeat (OpenID Connect Core section 3.1.2.1). */
  readonly nonce?: string | undefined;
}

/** One sign-in at a provider that is on its way: `state` has come back from the provider to the browser that took it. */
export interface LoginFlow extends LoginAttempt, FlowSecrets {
  readonly state: string;
}
