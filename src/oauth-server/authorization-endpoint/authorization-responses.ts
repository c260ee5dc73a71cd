import { Injectable, Logger } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { Issuer } from '../../common/config/issuer.js';
import { OAuthError } from '../../common/errors/oauth-error.js';
import { ServerError } from '../../common/errors/rfc6749.errors.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import type { Answer } from './answer.js';
import { ResponseMode, type ResponseModeHandler, type ResponseParameters } from './response-modes/response-mode.js';
import { handsOutToken } from './response-types/response-type.js';
import { ResponseTypeRegistry } from './response-types/response-type-registry.js';

/** Where a refusal can be sent: a client that is known, at a redirect URI of its own. */
export interface WayBack {
  readonly parameters: FormParameters;
  readonly client: Client;
  readonly redirectUri: string;
}

/** Takes authorization responses to the client, each with state and with iss (RFC 6749 section 4.1.2, RFC 9207). */
@Injectable()
export class AuthorizationResponses {
  readonly #logger = new Logger(AuthorizationResponses.name);

  readonly #modes: Registry<ResponseModeHandler>;

  constructor(
    private readonly types: ResponseTypeRegistry,
    private readonly issuer: Issuer,
    registries: Registries,
  ) {
    this.#modes = registries.of(ResponseMode);
  }

  /** A success: what the response type issued. */
  grant(way: WayBack, mode: ResponseModeHandler, issued: ResponseParameters): Answer {
    return mode.answer(way.redirectUri, this.#complete(way, issued));
  }

  /** An error response (RFC 6749 section 4.1.2.1); what is no known refusal is logged and told as server_error. */
  refuse(way: WayBack, error: unknown): Answer {
    const refusal = error instanceof OAuthError ? error : new ServerError({ description: 'Something failed here' });
    const line = `Client ${way.client.id} was refused with ${refusal.code}: ${refusal.detail ?? refusal.description}`;
    if (refusal === error) this.#logger.log(line);
    else this.#logger.error(line, error instanceof Error ? error.stack : String(error));
    const told = { error: refusal.code, error_description: refusal.description };
    return this.#modeOfRefusal(way.parameters).answer(way.redirectUri, this.#complete(way, told));
  }

  #complete(way: WayBack, parameters: ResponseParameters): ResponseParameters {
    const state = way.parameters.get('state');
    return { ...parameters, ...(state === undefined ? {} : { state }), iss: this.issuer.url };
  }

  /**
   * The response mode that was asked for, as far as the request makes sense. Who asks for a token looks into the fragment
   * for the refusal too (OpenID Connect Core sections 3.2.2.6 and 3.3.2.6), also where there is no such response type.
   */
  #modeOfRefusal(parameters: FormParameters): ResponseModeHandler {
    const responseType = parameters.get('response_type') ?? '';
    const named = parameters.get('response_mode');
    const unknown = handsOutToken(responseType) ? 'fragment' : 'query';
    const usual = this.types.find(responseType)?.defaultResponseMode ?? unknown;
    const asked = named === 'query' || named === undefined ? usual : named;
    return (this.#modes.find(asked) ?? this.#modes.find(usual)) as ResponseModeHandler;
  }
}
