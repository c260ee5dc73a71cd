import type { Client } from '../../../clients/client.js';
import type { CodeChallengeMethod } from '../../../common/crypto/pkce.js';
import { familyDecorator } from '../../../common/extension/family-decorator.js';
import type { GrantedAccess } from '../../storage/granted-access.js';
import type { TokenFamilyReference } from '../../storage/token-family.repository.js';
import type { TokenEndUser } from '../../tokens/token-issuer.js';
import type { ResponseParameters } from '../response-modes/response-mode.js';

/** An authorization request that passed every step: the end user is signed in and allowed the scopes. */
export interface GrantedRequest {
  readonly client: Client;
  /** The durable record that codes and tokens hang from. */
  readonly authorizationId: string;
  readonly endUser: TokenEndUser;
  readonly granted: GrantedAccess;
  /** Names the token family that everything this one response gives hangs from: hand it to the TokenIssuer. */
  readonly family: TokenFamilyReference;
  /** The redirect_uri parameter as it was sent; undefined when the only registered one was used. */
  readonly redirectUriParameter: string | undefined;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: CodeChallengeMethod | undefined;
}

/**
 * One word of a response type, for example `code` (RFC 6749 section 3.1.1). A combined response type such as
 * `code id_token` is made of parts (OAuth 2.0 Multiple Response Type Encoding section 3).
 */
export interface ResponseTypePartHandler {
  /**
   * Issues what the part stands for, and returns its parameters of the authorization response, without state and iss.
   * `issuedSoFar` has the parameters of the parts before it, for a part that binds them, as c_hash and at_hash do.
   */
  issue(request: GrantedRequest, issuedSoFar: ResponseParameters): ResponseParameters | Promise<ResponseParameters>;
}

/**
 * Registers an injectable class that implements ResponseTypePartHandler under its wire name; list it in any module. The
 * part alone is then a response type of the server, unless the option `responseTypes` names others.
 */
export const ResponseTypePart = familyDecorator<ResponseTypePartHandler>('part of response types', 'issue');
