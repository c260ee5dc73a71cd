/** A command could not do what it was asked, for a reason that its operator can mend. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
