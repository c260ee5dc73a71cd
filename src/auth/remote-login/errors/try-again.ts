import type { WayOn } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';

/** The path that starts a sign-in at a provider and ends where this one was to end. */
export function startPath({ app, returnTo, mustProveAgain = false }: LoginAttempt): string {
  const query = new URLSearchParams({ return_to: returnTo, ...(mustProveAgain && { prompt: 'login' }) });
  return `/auth/${app.name}?${query}`;
}

/** The way on from a sign-in that failed: once more from the start. */
export function tryAgain(attempt: LoginAttempt): WayOn {
  return { label: `Try again with ${attempt.app.label}`, href: startPath(attempt) };
}
