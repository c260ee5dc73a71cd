import { Injectable, Logger } from '@nestjs/common';
import { Issuer } from '../../common/config/issuer.js';
import { OAuthError } from '../../common/errors/oauth-error.js';
import { ServerError } from '../../common/errors/rfc6749.errors.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { ErrorUris } from '../../common/http/error-uris.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { ReadableLog } from '../../common/log/readable-log.js';
import type { Answer } from './answer.js';
import {
  type RedirectTarget,
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
} from './response-modes/response-mode.js';
import { handsOutToken, ResponseTypes } from './response-types/response-types.js';
import { readUnverifiedRequestObject } from './unverified-request-object.js';

/** An authorization request whose answer can go to the client. */
export interface AnswerableRequest extends RedirectTarget {
  readonly parameters: FormParameters;
}

/** Takes authorization responses to the client, each with state and with iss (RFC 6749 section 4.1.2, RFC 9207). */
@Injectable()
export class AuthorizationResponses {
  readonly #logger = new Logger(AuthorizationResponses.name);

  readonly #modes: Registry<ResponseModeHandler>;

  constructor(
    private readonly types: ResponseTypes,
    private readonly issuer: Issuer,
    private readonly log: ReadableLog,
    private readonly uris: ErrorUris,
    registries: Registries,
  ) {
    this.#modes = registries.of(ResponseMode);
  }

  /** A success: what the response type issued. */
  grant(request: AnswerableRequest, mode: ResponseModeHandler, issued: ResponseParameters): Answer | Promise<Answer> {
    return mode.answer(request, this.#complete(issued, request.parameters.get('state')));
  }

  /**
   * An error response (RFC 6749 section 4.1.2.1), in the response mode and with the state of the request, or of the
   * request object in it, which takes precedence (OpenID Connect Core section 6.1). An error that is no refusal is logged
   * and told as server_error. Raises the error again while no redirect URI is established, since nothing may be sent to
   * one that is not the client's.
   */
  refuse(context: object, error: unknown): Answer | Promise<Answer> {
    if (!isAnswerable(context)) throw error;
    const refusal = error instanceof OAuthError ? error : new ServerError({ description: 'Something failed here' });
    const line = `Client ${context.client.id} was refused with ${refusal.code}: ${refusal.detail ?? refusal.description}`;
    if (refusal.statusCode === 503) this.log.warn(this.#logger, refusal.code, line);
    else if (refusal === error) this.#logger.log(line);
    else this.log.error(this.#logger, refusal.code, line, error instanceof Error ? error.stack : String(error));
    const { code, description: error_description } = refusal;
    const error_uri = this.uris.of(code);
    const told = { error: code, error_description, ...(error_uri && { error_uri }) };
    const { parameters } = context;
    const requestObject = readUnverifiedRequestObject(parameters.get('request') ?? '');
    const mode = this.#modeOfRefusal(parameters, requestObject.response_mode ?? parameters.get('response_mode'));
    return mode.answer(context, this.#complete(told, requestObject.state ?? parameters.get('state')));
  }

  #complete(parameters: ResponseParameters, state: string | undefined): ResponseParameters {
    return { ...parameters, ...(state === undefined ? {} : { state }), iss: this.issuer.url };
  }

  /**
   * The response mode that the request names, or the default of its response type where the one named is unknown or is
   * the query. A client that requests a token looks into the fragment for the refusal too (OpenID Connect Core sections
   * 3.2.2.6 and 3.3.2.6), also where the response type is not offered here.
   */
  #modeOfRefusal(parameters: FormParameters, named: string | undefined): ResponseModeHandler {
    const responseType = parameters.get('response_type') ?? '';
    const unoffered = handsOutToken(responseType) ? 'fragment' : 'query';
    const usual = this.types.find(responseType)?.defaultResponseMode ?? unoffered;
    const requested = named === 'query' || named === undefined ? usual : named;
    return (this.#modes.find(requested) ?? this.#modes.find(usual)) as ResponseModeHandler;
  }
}

/** The steps establish the redirect URI last of the three. */
function isAnswerable(context: object): context is AnswerableRequest {
  return 'redirectUri' in context;
}
