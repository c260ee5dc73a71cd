import { Injectable } from '@nestjs/common';
import { Answer } from '../answer.js';
import { formPostPage } from './form-post.page.js';
import {
  type RedirectTarget,
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
} from './response-mode.js';

/**
 * `form_post`: the parameters in the body of a form that the browser posts to the client (OAuth 2.0 Form Post Response
 * Mode).
 */
@Injectable()
@ResponseMode('form_post')
export class FormPostResponseMode implements ResponseModeHandler {
  answer({ redirectUri }: RedirectTarget, parameters: ResponseParameters): Answer {
    return Answer.page(formPostPage, { redirectUri, parameters });
  }
}
