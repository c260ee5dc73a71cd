import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import type { VerifiedAccessToken } from '../../../common/access-token-verifier.js';
import type { Confirmation } from '../../../common/confirmation.js';
import { UnauthorizedClientError } from '../../../common/errors/rfc6749.errors.js';
import { familyDecorator } from '../../../common/extension/family-decorator.js';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import type { TokenFamily } from '../../storage/token-family.repository.js';

/** The content of an access token, before a format writes it. */
export interface AccessTokenClaims {
  /** `jti`, a uuid. */
  readonly tokenId: string;
  readonly client: Client;
  /** The token family that the token hangs from; undefined for a token that a client holds in its own right. */
  readonly family: TokenFamily | undefined;
  /** `sub`: the end user, or else the client (RFC 9068 section 2.2). */
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly audience: readonly string[];
  /** `cnf`: the key that the token is bound to; undefined for a plain bearer token. */
  readonly confirmation: Confirmation | undefined;
  /**
   * Further claims under their names on the wire, from every `@TokenClaims()` class; undefined where there are none.
   */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/**
 * One form of access token, named as in the client's `access_token_format`. A format reads the tokens that it writes,
 * so that guards, introspection, userinfo and revocation take the tokens of every format. The verifier looks at expiry,
 * audience and revocation after `read`, for every format alike.
 */
export interface AccessTokenFormat {
  /**
   * The text that every token of the format begins with, such as `gate_at_`. Where it is left out, the format is asked
   * about any text.
   */
  readonly prefix?: string;
  /**
   * True when the token says nothing by itself. Its content is then stored under its digest, with whether the token is
   * revoked.
   */
  readonly isStored: boolean;
  /**
   * The token as the client gets it: letters, digits and `-._~+/`, which a Bearer header takes (RFC 6750 section
   * 2.1).
   */
  write(claims: AccessTokenClaims): string | Promise<string>;
  /**
   * The content of a token, with the `tokenId` and the family's id that `write` was given; without a promise where no
   * I/O is needed. Undefined for a text that the format did not write. Raises InvalidTokenError for a token of this
   * format that is not good.
   */
  read(token: string): VerifiedAccessToken | undefined | Promise<VerifiedAccessToken | undefined>;
  /**
   * Revokes one token, which `read` refuses from then on. A format with this method needs a prefix. Where the method is
   * left out, the token is revoked by its id, and every node refuses it without asking the format.
   */
  revoke?(token: string): Promise<void>;
}

/** Registers an injectable class that implements AccessTokenFormat under a format name; list it in any module. */
export const TokenFormat = familyDecorator<AccessTokenFormat>('token format', 'write', 'read');

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
