import { Injectable } from '@nestjs/common';
import { TokenIssuer } from '../../tokens/token-issuer.js';
import type { ResponseParameters } from '../response-modes/response-mode.js';
import { type GrantedRequest, ResponseTypePart, type ResponseTypePartHandler } from './response-type-part.js';

/**
 * `token`, the implicit grant (RFC 6749 section 4.2.2): an access token in the fragment, and never a refresh token.
 * Only clients that list `token` may use it; RFC 9700 section 2.1.2 advises to use codes instead.
 */
@Injectable()
@ResponseTypePart('token')
export class TokenResponseTypePart implements ResponseTypePartHandler {
  constructor(private readonly issuer: TokenIssuer) {}

  async issue(request: GrantedRequest): Promise<ResponseParameters> {
    const { client, granted, endUser, authorizationId, family: familyReference } = request;
    const order = { client, grantType: 'implicit', granted, endUser, authorizationId, familyReference };
    const { access_token, token_type, expires_in } = await this.issuer.issue(order);
    return { access_token, token_type, expires_in: String(expires_in), scope: granted.scopes.join(' ') };
  }
}
