import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { RemoteApp } from '../remote-app.js';
import { tryAgain } from './try-again.js';

/** This browser has no sign-in under way that matches the answer's `state` (RFC 6749 section 10.12). */
export class FlowUnknownError extends OAuthError {
  readonly code = 'flow_unknown';

  constructor(app: RemoteApp) {
    super({
      description:
        `This answer of ${app.label} belongs to no sign-in that is under way in this browser: it was used already, ` +
        'took longer than ten minutes, or was started in another browser',
      detail: `${app.name}: no flow for this state`,
      wayOn: tryAgain({ app, returnTo: '/' }),
    });
  }
}
