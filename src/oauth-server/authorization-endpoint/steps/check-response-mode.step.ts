import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { ResponseMode, type ResponseModeHandler } from '../response-modes/response-mode.js';
import type { ResponseType } from '../response-types/response-types.js';
import type { Step } from '../step.js';

/**
 * Finds the response mode, by default that of the response type. A response that belongs in the fragment may not be
 * requested in the query, where logs and referrers would keep it (OAuth 2.0 Multiple Response Type Encoding section 5).
 */
@Injectable()
export class CheckResponseModeStep implements Step {
  readonly #modes: Registry<ResponseModeHandler>;

  constructor(registries: Registries) {
    this.#modes = registries.of(ResponseMode);
  }

  run({ parameters, responseType }: Context): { responseMode: ResponseModeHandler } {
    const name = parameters.get('response_mode') ?? responseType.defaultResponseMode;
    const responseMode = this.#modes.find(name);
    if (responseMode === undefined) {
      throw new InvalidRequestError({
        description: `response_mode ${name.slice(0, 40)} is not known here; there is ${this.#modes.names.join(', ')}`,
      });
    }
    if (name === 'query' && responseType.defaultResponseMode === 'fragment') {
      throw new InvalidRequestError({
        description: 'response_mode query would put a token into a URL; leave it out or use fragment or form_post',
      });
    }
    return { responseMode };
  }
}

interface Context {
  readonly parameters: FormParameters;
  readonly responseType: ResponseType;
}
