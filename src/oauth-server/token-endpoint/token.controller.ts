import { All, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { UnauthorizedClientError, UnsupportedGrantTypeError } from '../../common/errors/rfc6749.errors.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthentication } from '../client-authentication/client-authentication.js';
import type { TokenResponse } from '../tokens/token-response.js';
import { type Grant, GrantType } from './grant.js';

/** The token endpoint (RFC 6749 section 3.2): authenticates the client, finds the grant by name, answers for it. */
@Public()
@Controller()
export class TokenController {
  readonly #grants: Registry<Grant>;

  constructor(
    private readonly clientAuthentication: ClientAuthentication,
    registries: Registries,
  ) {
    this.#grants = registries.of(GrantType);
  }

  /** Raises the errors of RFC 6749 section 5.2. */
  @Post(ROUTES.token)
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @Header('Pragma', 'no-cache')
  async answer(@Req() request: Request): Promise<TokenResponse> {
    const parameters: FormParameters = request.body;
    const grantType = parameters.required('grant_type');
    const client = await this.clientAuthentication.authenticate(request, parameters);
    const grant = this.#grants.find(grantType);
    if (grant === undefined) {
      throw new UnsupportedGrantTypeError({
        description: `There is no grant type ${grantType.slice(0, 80)} here; there are ${this.#grants.names.join(', ')}`,
      });
    }
    if (!client.mayUseGrant(grantType)) {
      throw new UnauthorizedClientError({
        description: `This client is not registered for the grant type ${grantType}`,
      });
    }
    return grant.issue(await grant.validate({ client, grantType, parameters, address: request.ip ?? '' }));
  }

  /** The client must use POST (RFC 6749 section 3.2). */
  @All(ROUTES.token)
  refuse(): never {
    throw new MethodNotAllowedError(['POST']);
  }
}
