import type { Client } from '../../../clients/client.js';
import { familyDecorator } from '../../../common/extension/family-decorator.js';
import type { Answer } from '../answer.js';

/** The parameters of an authorization response, success or error. */
export type ResponseParameters = Readonly<Record<string, string>>;

/** The target of an authorization response: a client, at a redirect URI that it registered. */
export interface RedirectTarget {
  readonly client: Client;
  readonly redirectUri: string;
}

/** One way to carry an authorization response to the client (OAuth 2.0 Multiple Response Type Encoding section 2.1). */
export interface ResponseModeHandler {
  /**
   * Takes the parameters, `state` and `iss` among them, to the redirect URI. The client is given for a mode that
   * signs or encrypts the response for it.
   */
  answer(target: RedirectTarget, parameters: ResponseParameters): Answer | Promise<Answer>;
}

/** Registers an injectable class that implements ResponseModeHandler under its wire name; list it in any module. */
export const ResponseMode = familyDecorator<ResponseModeHandler>('response mode', 'answer');
