import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import type { CodeChallengeMethod } from '../../../common/crypto/pkce.js';
import type { SignedInEndUser } from '../../../users/session/end-user-session.js';
import type { GrantedAccess } from '../../storage/granted-access.js';
import type { TokenFamilyReference } from '../../storage/token-family.repository.js';
import { TokenIssuer } from '../../tokens/token-issuer.js';
import { TokenLifetimes } from '../../tokens/token-lifetimes.js';
import type { Answer } from '../answer.js';
import { type AnswerableRequest, AuthorizationResponses } from '../authorization-responses.js';
import type { ResponseModeHandler, ResponseParameters } from '../response-modes/response-mode.js';
import type { GrantedRequest } from '../response-types/response-type-part.js';
import type { ResponseType } from '../response-types/response-types.js';
import type { Step } from '../step.js';

/** Has each part of the response type issue what it stands for, in their order, and takes all of it to the client. */
@Injectable()
export class RespondStep implements Step {
  constructor(
    private readonly responses: AuthorizationResponses,
    private readonly issuer: TokenIssuer,
    private readonly lifetimes: TokenLifetimes,
  ) {}

  async run({ responseType, responseMode, ...request }: Context): Promise<Answer> {
    const { client, authorizationId, endUser, granted, parameters, codeChallengeMethod } = request;
    const { subject, confirmedAt: _confirmedAt, ...signIn } = endUser;
    const grantedRequest: GrantedRequest = {
      client,
      authorizationId,
      endUser: { subject, signIn },
      granted,
      family: this.#nameFamily(responseType, client, granted),
      redirectUriParameter: parameters.get('redirect_uri'),
      nonce: parameters.get('nonce'),
      codeChallenge: parameters.get('code_challenge'),
      codeChallengeMethod,
    };
    let issued: ResponseParameters = {};
    for (const part of responseType.parts) issued = { ...issued, ...(await part.issue(grantedRequest, issued)) };
    return this.responses.grant(request, responseMode, issued);
  }

  /** For as long as what this response gives can live, or what its code gives when that is redeemed at the last moment. */
  #nameFamily({ givesCode }: ResponseType, client: Client, granted: GrantedAccess): TokenFamilyReference {
    const atOnce = this.issuer.familySeconds({ client, grantType: 'implicit', granted });
    if (!givesCode) return this.issuer.nameFamily(atOnce);
    const order = { client, grantType: 'authorization_code', granted, withRefreshToken: true };
    const later = this.lifetimes.authorizationCodeSeconds(client) + this.issuer.familySeconds(order);
    return this.issuer.nameFamily(Math.max(atOnce, later));
  }
}

interface Context extends AnswerableRequest {
  readonly responseType: ResponseType;
  readonly responseMode: ResponseModeHandler;
  readonly granted: GrantedAccess;
  readonly codeChallengeMethod: CodeChallengeMethod | undefined;
  readonly endUser: SignedInEndUser;
  readonly authorizationId: string;
}
