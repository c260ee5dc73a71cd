import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import { FormParameters } from '../../../common/http/form-parameters.js';
import { Clock } from '../../../common/time/clock.js';
import type { Incoming, Step } from '../step.js';

/** The largest request that can travel sealed in a URL while the end user signs in. */
const MAX_BYTES = 6000;

/**
 * Takes the parameters from the query of a GET or the body of a POST (OpenID Connect Core section 3.1.2.1). A parameter
 * that is given twice, whichever it is, leaves open which client asks. The request is then refused on a page, as
 * InvalidRequestError.
 */
@Injectable()
export class ReadParametersStep implements Step {
  constructor(private readonly clock: Clock) {}

  run({ request }: Incoming): { parameters: FormParameters; startedAt: Date } {
    const parameters: FormParameters = request.method === 'POST' ? request.body : FormParameters.parseQuery(request);
    const bytes = Buffer.byteLength(JSON.stringify(parameters));
    if (bytes > MAX_BYTES) {
      throw new InvalidRequestError({
        description: `All parameters together may take ${MAX_BYTES} bytes as JSON; these take ${bytes}`,
      });
    }
    request.uiLocales = parameters.get('ui_locales');
    return { parameters, startedAt: this.clock.now() };
  }
}
