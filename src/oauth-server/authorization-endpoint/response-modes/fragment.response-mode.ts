import { Injectable } from '@nestjs/common';
import { Answer } from '../answer.js';
import {
  type RedirectTarget,
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
} from './response-mode.js';

/** In the fragment, which the browser keeps to itself (RFC 6749 section 4.2.2). */
@Injectable()
@ResponseMode('fragment')
export class FragmentResponseMode implements ResponseModeHandler {
  answer({ redirectUri }: RedirectTarget, parameters: ResponseParameters): Answer {
    return Answer.redirect(`${redirectUri}#${new URLSearchParams(parameters)}`);
  }
}
