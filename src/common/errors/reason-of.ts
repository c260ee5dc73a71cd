import { OAuthError } from './oauth-error.js';

/** Why something failed, in the words for the log: the detail of a refusal of ours, or the message of another error. */
export function reasonOf(error: unknown): string {
  if (error instanceof OAuthError) return error.detail ?? error.description;
  return error instanceof Error ? error.message : String(error);
}
