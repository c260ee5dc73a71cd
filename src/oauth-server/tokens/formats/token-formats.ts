import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { UnauthorizedClientError } from '../../../common/errors/rfc6749.errors.js';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import { type AccessTokenFormat, TokenFormat } from './token-format.js';

/** Finds the format that a client's tokens are written in, and the formats that may have written a token. */
@Injectable()
export class TokenFormats implements OnApplicationBootstrap {
  readonly #registry: Registry<AccessTokenFormat>;
  #byPrefix: readonly (readonly [prefix: string, format: readonly [AccessTokenFormat]])[] = [];
  #withoutPrefix: readonly AccessTokenFormat[] = [];

  constructor(registries: Registries) {
    this.#registry = registries.of(TokenFormat);
  }

  /** Throws at boot for two formats one of whose prefixes begins the other, and for a `revoke` without a prefix. */
  onApplicationBootstrap(): void {
    const formats = this.#registry.entries.map(([name, format]) => ({ name, format, prefix: format.prefix ?? '' }));
    const prefixed = formats.filter(({ prefix }) => prefix !== '');
    for (const { name, prefix } of prefixed) {
      const rival = prefixed.find((other) => other.name !== name && other.prefix.startsWith(prefix));
      if (rival === undefined) continue;
      throw new Error(
        `Tokens of the format "${rival.name}" begin like those of "${name}". Change one of the prefixes.`,
      );
    }
    const unfindable = formats.find(({ prefix, format }) => prefix === '' && format.revoke !== undefined);
    if (unfindable !== undefined) {
      throw new Error(`The token format "${unfindable.name}" revokes its tokens itself. Give it a prefix.`);
    }
    this.#byPrefix = prefixed.map(({ prefix, format }) => [prefix, [format]]);
    this.#withoutPrefix = formats.filter(({ prefix }) => prefix === '').map(({ format }) => format);
  }

  /** The format that the client is registered for. Raises UnauthorizedClientError when no module provides it. */
  formatOf(client: Client): AccessTokenFormat {
    const name = client.metadata.access_token_format;
    const format = this.#registry.find(name);
    if (format === undefined) {
      throw new UnauthorizedClientError({
        description: `This client is registered for the access token format ${name}, which this server does not have`,
      });
    }
    return format;
  }

  /** The formats to ask about a token: the one whose prefix the token has, or else every one without a prefix. */
  candidatesFor(token: string): readonly AccessTokenFormat[] {
    for (const [prefix, format] of this.#byPrefix) if (token.startsWith(prefix)) return format;
    return this.#withoutPrefix;
  }
}
