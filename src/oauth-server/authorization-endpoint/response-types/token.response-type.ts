import { Injectable } from '@nestjs/common';
import { TokenIssuer } from '../../tokens/token-issuer.js';
import { type GrantedRequest, ResponseType, type ResponseTypeHandler } from './response-type.js';

/**
 * `token`, the implicit grant (RFC 6749 section 4.2.2): an access token in the fragment, and never a refresh token. Only
 * for clients that list it; RFC 9700 section 2.1.2 advises to use codes instead.
 */
@Injectable()
@ResponseType('token')
export class TokenResponseType implements ResponseTypeHandler {
  readonly defaultResponseMode = 'fragment';

  constructor(private readonly issuer: TokenIssuer) {}

  async respond(request: GrantedRequest): Promise<Readonly<Record<string, string>>> {
    const { client, granted, endUser, authorizationId } = request;
    const order = { client, grantType: 'implicit', granted, endUser, authorizationId };
    const { access_token, token_type, expires_in } = await this.issuer.issue(order);
    return { access_token, token_type, expires_in: String(expires_in), scope: granted.scopes.join(' ') };
  }
}
