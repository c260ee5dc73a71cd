import { Injectable } from '@nestjs/common';
import { AuthorizationCodeRepository } from '../../storage/authorization-code.repository.js';
import type { ResponseParameters } from '../response-modes/response-mode.js';
import { type GrantedRequest, ResponseType, type ResponseTypeHandler } from './response-type.js';

/** An authorization code, to be exchanged at the token endpoint (RFC 6749 section 4.1.2). */
@Injectable()
@ResponseType('code')
export class CodeResponseType implements ResponseTypeHandler {
  readonly defaultResponseMode = 'query';

  constructor(private readonly codes: AuthorizationCodeRepository) {}

  async respond(request: GrantedRequest): Promise<ResponseParameters> {
    return { code: await this.codes.create(request) };
  }
}
