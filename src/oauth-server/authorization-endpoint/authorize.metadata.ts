import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../../common/extension/metadata-source.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { ResponseMode } from './response-modes/response-mode.js';
import { ResponseTypes } from './response-types/response-types.js';
import { PROMPTS } from './steps/check-prompt.step.js';

/** The authorization endpoint in the server metadata, with the parameters that its steps take and refuse. */
@Injectable()
@MetadataSource()
export class AuthorizeMetadata implements MetadataSource {
  readonly #responseModes: Registry<unknown>;

  constructor(
    private readonly paths: Paths,
    private readonly responseTypes: ResponseTypes,
    registries: Registries,
  ) {
    this.#responseModes = registries.of(ResponseMode);
  }

  metadata() {
    return {
      authorization_endpoint: this.paths.url(ROUTES.authorize),
      response_types_supported: this.responseTypes.names,
      response_modes_supported: this.#responseModes.names,
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: PROMPTS,
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
    };
  }
}
