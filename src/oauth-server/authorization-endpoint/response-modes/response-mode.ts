import { familyDecorator } from '../../../common/extension/family-decorator.js';
import type { Answer } from '../answer.js';

/** The parameters of an authorization response, success or error. */
export type ResponseParameters = Readonly<Record<string, string>>;

/** One way to carry an authorization response to the client (OAuth 2.0 Multiple Response Type Encoding section 2.1). */
export interface ResponseModeHandler {
  /** Takes the parameters to the redirect URI, which is one that the client registered. */
  answer(redirectUri: string, parameters: ResponseParameters): Answer;
}

/** Registers an injectable class that implements ResponseModeHandler under its wire name; list it in any module. */
export const ResponseMode = familyDecorator<ResponseModeHandler>('response mode', 'answer');
