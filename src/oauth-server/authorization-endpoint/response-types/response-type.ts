import type { Client } from '../../../clients/client.js';
import type { CodeChallengeMethod } from '../../../common/crypto/pkce.js';
import { familyDecorator } from '../../../common/extension/family-decorator.js';
import type { GrantedAccess } from '../../storage/granted-access.js';
import type { TokenFamilyReference } from '../../storage/token-family.js';
import type { TokenEndUser } from '../../tokens/token-issuer.js';

/** An authorization request that passed every step: the end user is signed in and allowed the scopes. */
export interface GrantedRequest {
  readonly client: Client;
  /** The durable record that codes and tokens hang from. */
  readonly authorizationId: string;
  readonly endUser: TokenEndUser;
  readonly granted: GrantedAccess;
  /** Names the token family that everything this one response gives hangs from. */
  readonly family: TokenFamilyReference;
  /** The redirect_uri parameter as it was sent; undefined when the only registered one was used. */
  readonly redirectUriParameter: string | undefined;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: CodeChallengeMethod | undefined;
}

/** One response type (RFC 6749 section 3.1.1). */
export interface ResponseTypeHandler {
  /** The response mode where the request names none (OAuth 2.0 Multiple Response Type Encoding section 2.1). */
  readonly defaultResponseMode: 'query' | 'fragment';
  /** Issues and returns the parameters of the authorization response, without state and iss. */
  respond(granted: GrantedRequest): Promise<Readonly<Record<string, string>>>;
}

/** Registers an injectable class that implements ResponseTypeHandler under its wire name; list it in any module. */
export const ResponseType = familyDecorator<ResponseTypeHandler>('response type', 'respond');

/** True for a response type that hands out a token without the token endpoint, known here or not. */
export function handsOutToken(responseType: string): boolean {
  return /\b(id_)?token\b/.test(responseType);
}
