import { Injectable } from '@nestjs/common';
import type { OAuthError } from '../../../common/errors/oauth-error.js';
import {
  RegistrationNotSupportedError,
  RequestNotSupportedError,
  RequestUriNotSupportedError,
} from '../../../common/errors/openid.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { enforce, type Rule } from '../../../common/rules.js';
import type { Step } from '../step.js';

const WITHOUT = { description: 'Send the parameters themselves; this one is not supported here' };

const rules: readonly Rule<FormParameters>[] = [
  [(parameters) => parameters.get('request') === undefined, (): OAuthError => new RequestNotSupportedError(WITHOUT)],
  [(parameters) => parameters.get('request_uri') === undefined, () => new RequestUriNotSupportedError(WITHOUT)],
  [(parameters) => parameters.get('registration') === undefined, () => new RegistrationNotSupportedError(WITHOUT)],
];

/**
 * Refuses parameters that would change the meaning of the request if they were ignored (OpenID Connect Core section
 * 3.1.2.6).
 */
@Injectable()
export class RefuseRequestObjectsStep implements Step {
  run({ parameters }: { parameters: FormParameters }): void {
    enforce(rules, parameters);
  }
}
