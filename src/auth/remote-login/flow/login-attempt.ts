import type { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import type { RemoteApp } from '../remote-app.js';

/**
 * A sign-in at a provider that is under way: which provider, and where the end user goes afterwards. An error page
 * needs both.
 */
export interface LoginAttempt {
  readonly app: RemoteApp;
  /** A path of this server. */
  readonly returnTo: string;
  /** Asks the provider to have the end user prove again who they are, where it can (`prompt=login`). */
  readonly mustProveAgain?: boolean;
  /** Scopes to ask for in place of those of the app's settings, which are among them. */
  readonly scopes?: readonly string[];
  /** The same as the address says it, sealed by this server. */
  readonly ask?: string;
  /** The path at which the provider's answer arrives, where that is a route of the application's; absent: ours. */
  readonly callbackPath?: string;
}

/** The path and query that start a sign-in at a provider which ends where this one was to end. */
export function startPath(paths: Paths, { app, returnTo, mustProveAgain = false, ask }: LoginAttempt): string {
  const query = new URLSearchParams({
    return_to: returnTo,
    ...(mustProveAgain && { prompt: 'login' }),
    ...(ask && { ask }),
  });
  return `${paths.to(ROUTES.remoteSignIn, { provider: app.name })}?${query}`;
}
