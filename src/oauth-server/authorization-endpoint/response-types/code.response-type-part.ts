import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/time/clock.js';
import { secondsAfter } from '../../../common/time/instant.js';
import { AuthorizationCodeRepository } from '../../storage/authorization-code.repository.js';
import { TokenLifetimes } from '../../tokens/token-lifetimes.js';
import type { ResponseParameters } from '../response-modes/response-mode.js';
import { type GrantedRequest, ResponseTypePart, type ResponseTypePartHandler } from './response-type-part.js';

/** `code`: an authorization code, to be redeemed at the token endpoint (RFC 6749 section 4.1.2). */
@Injectable()
@ResponseTypePart('code')
export class CodeResponseTypePart implements ResponseTypePartHandler {
  constructor(
    private readonly codes: AuthorizationCodeRepository,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
  ) {}

  async issue(request: GrantedRequest): Promise<ResponseParameters> {
    const { client, endUser, codeChallenge, codeChallengeMethod } = request;
    const code = await this.codes.create({
      family: request.family,
      authorizationId: request.authorizationId,
      clientId: client.id,
      subject: endUser.subject,
      signIn: endUser.signIn,
      granted: request.granted,
      confirmation: undefined,
      redirectUri: request.redirectUriParameter,
      challenge:
        codeChallenge === undefined || codeChallengeMethod === undefined
          ? undefined
          : { text: codeChallenge, method: codeChallengeMethod },
      nonce: request.nonce,
      expiresAt: secondsAfter(this.clock.now(), this.lifetimes.authorizationCodeSeconds(client)),
    });
    return { code };
  }
}
