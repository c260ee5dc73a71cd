import { Injectable } from '@nestjs/common';
import { Answer } from '../answer.js';
import {
  type RedirectTarget,
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
} from './response-mode.js';

/**
 * `fragment`: the parameters in the fragment of the redirect URI, which browsers send to no server (RFC 6749 section
 * 4.2.2).
 */
@Injectable()
@ResponseMode('fragment')
export class FragmentResponseMode implements ResponseModeHandler {
  answer({ redirectUri }: RedirectTarget, parameters: ResponseParameters): Answer {
    return Answer.redirect(`${redirectUri}#${new URLSearchParams(parameters)}`);
  }
}
