import { Injectable } from '@nestjs/common';
import { Answer } from '../answer.js';
import {
  type RedirectTarget,
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
} from './response-mode.js';

/**
 * `query`: the parameters in the query of the redirect URI, after those that it has already (RFC 6749 section 4.1.2).
 */
@Injectable()
@ResponseMode('query')
export class QueryResponseMode implements ResponseModeHandler {
  answer({ redirectUri }: RedirectTarget, parameters: ResponseParameters): Answer {
    const separator = redirectUri.includes('?') ? '&' : '?';
    return Answer.redirect(`${redirectUri}${separator}${new URLSearchParams(parameters)}`);
  }
}
