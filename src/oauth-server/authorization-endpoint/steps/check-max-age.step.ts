import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { Step } from '../step.js';

/**
 * Reads `max_age`, or else takes `default_max_age` of the client: how many seconds ago the end user may have signed in
 * (OpenID Connect Core section 3.1.2.1).
 */
@Injectable()
export class CheckMaxAgeStep implements Step {
  run({ parameters, client }: { parameters: FormParameters; client: Client }): { maxAgeSeconds: number | undefined } {
    const text = parameters.get('max_age');
    if (text === undefined) return { maxAgeSeconds: client.metadata.default_max_age };
    if (!/^\d{1,10}$/.test(text)) {
      throw new InvalidRequestError({ description: 'max_age must be a whole number of seconds, 0 or more' });
    }
    return { maxAgeSeconds: Number(text) };
  }
}
