import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { UnauthorizedClientError } from '../../../common/errors/rfc6749.errors.js';
import { DecoratedProviders } from '../../../common/extension/decorated-providers.js';
import { type AccessTokenFormat, TOKEN_FORMAT } from './token-format.js';

/** Every access token format of every module by its name, built-in or yours. */
@Injectable()
export class TokenFormatRegistry implements OnApplicationBootstrap {
  #formats = new Map<string, AccessTokenFormat>();

  constructor(private readonly providers: DecoratedProviders) {}

  onApplicationBootstrap(): void {
    this.#formats = this.providers.byName<AccessTokenFormat>(TOKEN_FORMAT, 'token format', ['write']);
  }

  /** The format that the client is registered for. Raises UnauthorizedClientError when no module provides it. */
  formatOf(client: Client): AccessTokenFormat {
    const name = client.metadata.access_token_format;
    const format = this.#formats.get(name);
    if (format === undefined) {
      throw new UnauthorizedClientError({
        description: `This client is registered for the access token format ${name}, which this server does not have`,
      });
    }
    return format;
  }
}
