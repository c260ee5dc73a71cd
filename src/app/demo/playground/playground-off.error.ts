import { OAuthError } from '../../../common/errors/oauth-error.js';
import { PLAYGROUND_CLIENT } from './authorization-request.js';

/** There is no playground without a client for it. */
export class PlaygroundOffError extends OAuthError {
  readonly code = 'not_found';
  override readonly status = 404;

  constructor() {
    super({
      description: `The playground is off here, since no client is registered under the id ${PLAYGROUND_CLIENT}`,
    });
  }
}
