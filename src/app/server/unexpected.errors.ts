import { OAuthError } from '../../common/errors/oauth-error.js';
import type { ErrorForEndUser, ErrorInWords } from '../../ui/error-for-end-user.js';
import type { PageContext } from '../../ui/page-context.js';

/** A fault of the request that Nest, Express or their middleware found. The answer keeps its status. */
export class RequestFaultError extends OAuthError {
  readonly code = 'invalid_request';

  constructor(
    override readonly statusCode: number,
    description: string,
  ) {
    super({ description });
  }
}

/** Nothing is registered at the address. */
export class NothingHereError extends OAuthError implements ErrorForEndUser {
  readonly code = 'not_found';
  override readonly statusCode = 404;

  constructor() {
    super({ description: 'There is nothing at this address' });
  }

  inWords({ messages }: PageContext): ErrorInWords {
    return { sentence: messages.error.nothingHere };
  }
}

/** Something failed in this server. The log alone says what. */
export class FailedHereError extends OAuthError implements ErrorForEndUser {
  readonly code = 'server_error';
  override readonly statusCode = 500;

  constructor() {
    super({ description: 'Something failed here' });
  }

  inWords({ messages }: PageContext): ErrorInWords {
    return { sentence: messages.error.failedHere };
  }
}
