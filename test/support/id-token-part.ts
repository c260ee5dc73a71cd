import { Injectable, Module } from '@nestjs/common';
import {
  type GrantedRequest,
  type ResponseParameters,
  ResponseTypePart,
  type ResponseTypePartHandler,
} from 'gatehouse';
import { IdTokens } from '../../src/oauth-server/tokens/id-token/id-tokens.js';
import { TokensModule } from '../../src/oauth-server/tokens/tokens.module.js';

/** Every response type of OpenID Connect Core section 3, and the one of OAuth 2.0 that has no id_token. */
export const EVERY_RESPONSE_TYPE = [
  'code',
  'token',
  'id_token',
  'code id_token',
  'code token',
  'id_token token',
  'code id_token token',
];

/** An id_token beside whatever else is issued (OpenID Connect Core sections 3.2.2.5 and 3.3.2.5). */
@Injectable()
@ResponseTypePart('id_token')
class IdTokenPart implements ResponseTypePartHandler {
  constructor(private readonly idTokens: IdTokens) {}

  async issue(
    { client, endUser, granted, nonce }: GrantedRequest,
    { code, access_token: accessToken }: ResponseParameters,
  ): Promise<ResponseParameters> {
    return { id_token: await this.idTokens.issue({ ...endUser, client, granted, nonce, code, accessToken }) };
  }
}

/** Adds the part `id_token` to a server; the option `authorization.responseTypes` says what it is combined with. */
@Module({ imports: [TokensModule], providers: [IdTokenPart] })
export class IdTokenPartModule {}
