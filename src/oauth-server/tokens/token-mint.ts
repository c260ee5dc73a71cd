import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { Issuer } from '../../common/config/issuer.js';
import { createToken } from '../../common/crypto/random-token.js';
import type { JsonRow } from '../../common/database/json-row.js';
import { UnauthorizedClientError } from '../../common/errors/rfc6749.errors.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import { accessTokenRow } from '../storage/access-token.repository.js';
import { REFRESH_TOKENS, refreshTokenRow } from '../storage/refresh-token.repository.js';
import type { TokenFamily } from '../storage/token-family.js';
import { type AccessTokenFormat, TokenFormat } from './formats/token-format.js';
import { IdTokens } from './id-token/id-tokens.js';
import { mayRefresh } from './may-refresh.js';
import type { MintedTokens } from './minted-tokens.js';
import { TokenLifetimes } from './token-lifetimes.js';

/** Which tokens to make. */
export interface MintOrder {
  readonly client: Client;
  /** Decides the lifetimes. */
  readonly grantType: string;
  readonly scopes: readonly string[];
  /** The end user's sign-in; undefined where a client acts in its own right. */
  readonly family?: TokenFamily | undefined;
  /** Adds a refresh token where the client may have one. */
  readonly withRefreshToken?: boolean | undefined;
  /** Adds an id_token where openid is among the scopes. */
  readonly withIdToken?: boolean | undefined;
  /** Of the authorization request, for the id_token. */
  readonly nonce?: string | undefined;
}

/** Makes tokens and the response that carries them (RFC 6749 section 5.1); stores nothing. */
@Injectable()
export class TokenMint {
  readonly #formats: Registry<AccessTokenFormat>;

  constructor(
    private readonly lifetimes: TokenLifetimes,
    private readonly idTokens: IdTokens,
    private readonly issuer: Issuer,
    private readonly clock: Clock,
    registries: Registries,
  ) {
    this.#formats = registries.of(TokenFormat);
  }

  /** Raises UnauthorizedClientError when this server does not have the client's access token format. */
  async mint(order: MintOrder): Promise<MintedTokens> {
    const { client, grantType, scopes, family } = order;
    const format = this.#formatOf(client);
    const issuedAt = this.clock.now();
    const lifetimeSeconds = this.lifetimes.accessTokenSeconds(client, grantType);
    const claims = {
      tokenId: randomUUID(),
      client,
      family,
      subject: family?.userId ?? client.id,
      scopes,
      audience: [this.issuer.url],
      issuedAt,
      expiresAt: secondsAfter(issuedAt, lifetimeSeconds),
    };
    const accessToken = await format.write(claims);
    const refreshToken = this.#refreshToken(order, issuedAt);
    const idToken = await this.#idToken(order, accessToken);
    return {
      response: {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: lifetimeSeconds,
        ...(refreshToken && { refresh_token: refreshToken.text }),
        ...(scopes.length > 0 && { scope: scopes.join(' ') }),
        ...(idToken && { id_token: idToken }),
      },
      accessTokens: format.isStored ? [accessTokenRow(accessToken, claims)] : [],
      refreshTokens: refreshToken ? [refreshToken.row] : [],
    };
  }

  #formatOf({ metadata }: Client): AccessTokenFormat {
    const format = this.#formats.find(metadata.access_token_format);
    if (format === undefined) {
      throw new UnauthorizedClientError({
        description: `This client is registered for the access token format ${metadata.access_token_format}, which this server does not have`,
      });
    }
    return format;
  }

  /** Lives until it has lain unused for too long, or the family ends. */
  #refreshToken(order: MintOrder, issuedAt: Date): { text: string; row: JsonRow } | undefined {
    const { client, grantType, family, withRefreshToken } = order;
    if (!withRefreshToken || family === undefined || !mayRefresh(client, family.scopes)) return undefined;
    const idle = secondsAfter(issuedAt, this.lifetimes.refreshTokenSeconds(client, grantType));
    const expiresAt = idle < family.expiresAt ? idle : family.expiresAt;
    const text = createToken('rt', REFRESH_TOKENS.periodOf(expiresAt));
    return { text, row: refreshTokenRow(text, family, expiresAt) };
  }

  async #idToken(order: MintOrder, accessToken: string): Promise<string | undefined> {
    const { client, scopes, family, nonce, withIdToken } = order;
    if (!withIdToken || family === undefined || !scopes.includes('openid')) return undefined;
    const { userId, authTime, amr, sessionId } = family;
    return this.idTokens.issue({ client, userId, nonce, authTime, amr, sessionId, accessToken });
  }
}
