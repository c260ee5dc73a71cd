import { Injectable } from '@nestjs/common';
import type { CodeChallengeMethod } from '../../../common/crypto/pkce.js';
import type { SignedInEndUser } from '../../../users/session/end-user-session.js';
import type { GrantedAccess } from '../../storage/granted-access.js';
import { TokenIssuer } from '../../tokens/token-issuer.js';
import type { Answer } from '../answer.js';
import { type AnswerableRequest, AuthorizationResponses } from '../authorization-responses.js';
import type { ResponseModeHandler } from '../response-modes/response-mode.js';
import type { ResponseTypeHandler } from '../response-types/response-type.js';
import type { Step } from '../step.js';

/** Issues what the response type promises and takes it to the client. */
@Injectable()
export class RespondStep implements Step {
  constructor(
    private readonly responses: AuthorizationResponses,
    private readonly issuer: TokenIssuer,
  ) {}

  async run({ responseType, responseMode, ...request }: Context): Promise<Answer> {
    const { client, authorizationId, endUser, granted, parameters, codeChallengeMethod } = request;
    const { userId: subject, confirmedAt: _confirmedAt, ...signIn } = endUser;
    const issued = await responseType.respond({
      client,
      authorizationId,
      endUser: { subject, signIn },
      granted,
      family: this.issuer.nameFamily(),
      redirectUriParameter: parameters.get('redirect_uri'),
      nonce: parameters.get('nonce'),
      codeChallenge: parameters.get('code_challenge'),
      codeChallengeMethod,
    });
    return this.responses.grant(request, responseMode, issued);
  }
}

interface Context extends AnswerableRequest {
  readonly responseType: ResponseTypeHandler;
  readonly responseMode: ResponseModeHandler;
  readonly granted: GrantedAccess;
  readonly codeChallengeMethod: CodeChallengeMethod | undefined;
  readonly endUser: SignedInEndUser;
  readonly authorizationId: string;
}
