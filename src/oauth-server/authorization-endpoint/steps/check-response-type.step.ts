import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import {
  InvalidRequestError,
  UnauthorizedClientError,
  UnsupportedResponseTypeError,
} from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { type ResponseType, ResponseTypes } from '../response-types/response-types.js';
import type { Step } from '../step.js';

/**
 * Finds the response type (RFC 6749 section 3.1.1). Raises UnsupportedResponseTypeError for one that is not offered
 * here, UnauthorizedClientError for one that the client does not list.
 */
@Injectable()
export class CheckResponseTypeStep implements Step {
  constructor(private readonly types: ResponseTypes) {}

  run({ parameters, client }: { parameters: FormParameters; client: Client }): { responseType: ResponseType } {
    const name = parameters.get('response_type');
    if (name === undefined) throw new InvalidRequestError({ description: 'The parameter response_type is missing' });
    const responseType = this.types.find(name);
    if (responseType === undefined) {
      throw new UnsupportedResponseTypeError({
        description: `response_type ${name.slice(0, 40)} is not known here; there is ${this.types.names.join(', ')}`,
      });
    }
    if (!client.mayUseResponseType(name)) {
      throw new UnauthorizedClientError({
        description: `response_type ${name} is not listed in the response_types of this client`,
      });
    }
    return { responseType };
  }
}
