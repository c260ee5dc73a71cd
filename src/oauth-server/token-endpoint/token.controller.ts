import { All, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Client } from '../../clients/client.js';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { OAuthError } from '../../common/errors/oauth-error.js';
import { UnauthorizedClientError, UnsupportedGrantTypeError } from '../../common/errors/rfc6749.errors.js';
import { Events } from '../../common/events/events.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { sendProtocolAnswer } from '../../common/http/protocol-answer.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthentication } from '../client-authentication/client-authentication.js';
import type { TokenResponse } from '../tokens/token-issuer.js';
import { type Grant, GrantType, type TokenRequest } from './grant.js';

const MAX_GRANT_TYPE_LENGTH = 80;

/** The token endpoint (RFC 6749 section 3.2): authenticates the client, finds the grant by name, answers for it. */
@Public()
@OwnController()
export class TokenController {
  readonly #grants: Registry<Grant>;

  constructor(
    private readonly clientAuthentication: ClientAuthentication,
    private readonly events: Events,
    registries: Registries,
  ) {
    this.#grants = registries.of(GrantType);
  }

  /** Raises the errors of RFC 6749 section 5.2. */
  @Post(ROUTES.token)
  async answer(@Req() request: Request, @Res() response: Response): Promise<void> {
    const parameters: FormParameters = request.body;
    let client: Client | undefined;
    try {
      const grantType = parameters.required('grant_type');
      client = await this.clientAuthentication.authenticate(request, parameters);
      sendProtocolAnswer(response, await this.#issue({ client, grantType, parameters, address: request.ip ?? '' }));
    } catch (error) {
      if (error instanceof OAuthError) this.#tellRefusal(error, client, parameters.get('grant_type'));
      throw error;
    }
  }

  /** The client must use POST (RFC 6749 section 3.2). */
  @All(ROUTES.token)
  refuse(): never {
    throw new MethodNotAllowedError(['POST']);
  }

  async #issue(request: TokenRequest): Promise<TokenResponse> {
    const { client, grantType } = request;
    const grant = this.#grants.find(grantType);
    if (grant === undefined) {
      throw new UnsupportedGrantTypeError({
        description: `There is no grant type ${grantType.slice(0, MAX_GRANT_TYPE_LENGTH)} here; there are ${this.#grants.names.join(', ')}`,
      });
    }
    if (!client.mayUseGrant(grantType)) {
      throw new UnauthorizedClientError({
        description: `This client is not registered for the grant type ${grantType}`,
      });
    }
    return grant.issue(await grant.validate(request));
  }

  #tellRefusal(
    { code: error, detail, description, referenceId }: OAuthError,
    client?: Client,
    grantType?: string,
  ): void {
    const asked = grantType?.slice(0, MAX_GRANT_TYPE_LENGTH);
    const reason = detail ?? description;
    this.events.emit({ type: 'token.refused', clientId: client?.id, grantType: asked, error, reason, referenceId });
  }
}
