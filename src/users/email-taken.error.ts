/** An account with this e-mail address exists already. */
export class EmailTakenError extends Error {
  constructor() {
    super('An account with this e-mail address exists already');
    this.name = 'EmailTakenError';
  }
}
