/** The embedded PostgreSQL cannot start; the message names the problem and what to do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(problem: string, fix: string) {
    super(`The embedded PostgreSQL cannot start: ${problem.trim()}\n${fix}`);
  }
}
