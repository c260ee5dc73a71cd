import type { OAuthError } from './errors/oauth-error.js';

/** One line of a rule table: the condition that must hold, and the error where it does not. */
export type Rule<Subject> = readonly [
  holds: (subject: Subject) => boolean,
  otherwise: (subject: Subject) => OAuthError,
];

/** Walks a rule table in order and throws the error of the first rule that does not hold. */
export function enforce<Subject>(rules: readonly Rule<Subject>[], subject: Subject): void {
  for (const [holds, otherwise] of rules) {
    if (!holds(subject)) throw otherwise(subject);
  }
}
