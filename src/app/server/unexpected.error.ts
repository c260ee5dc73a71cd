import { OAuthError } from '../../common/errors/oauth-error.js';

/** An error that is not one of ours, as it is shown: with its status, and nothing of its inside where the fault is ours. */
export class UnexpectedError extends OAuthError {
  constructor(
    override readonly status: number,
    readonly code: string,
    description: string,
  ) {
    super({ description });
  }
}
