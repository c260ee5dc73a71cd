import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import type { VerifiedAccessToken } from '../../common/access-token-verifier.js';
import { Issuer } from '../../common/config/issuer.js';
import type { Confirmation } from '../../common/confirmation.js';
import { Clock } from '../../common/time/clock.js';
import { epochSeconds } from '../../common/time/instant.js';
import { RefreshTokenRepository, type StoredRefreshToken } from '../storage/refresh-token.repository.js';
import { LocalAccessTokenVerifier } from '../tokens/local-access-token.verifier.js';

/**
 * The introspection response (RFC 7662 section 2.2). Of a token that is not good, or that the client may not ask about,
 * it tells nothing but `active: false`.
 */
export type IntrospectionResponse =
  | { readonly active: false }
  | {
      readonly active: true;
      readonly client_id: string;
      readonly sub: string;
      readonly iss: string;
      /** Seconds since the epoch. */
      readonly exp: number;
      readonly scope?: string | undefined;
      readonly token_type?: 'Bearer';
      readonly iat?: number;
      readonly aud?: readonly string[];
      readonly jti?: string;
      /** The key that the token is bound to (RFC 7800 section 3.1). */
      readonly cnf?: Confirmation | undefined;
      /** A claim that a `@TokenClaims()` class added to the token. */
      readonly [claim: string]: unknown;
    };

const INACTIVE: IntrospectionResponse = { active: false };

/** Tells clients about their tokens, and resource servers about the access tokens that are meant for them. */
@Injectable()
export class Introspection {
  constructor(
    private readonly accessTokens: LocalAccessTokenVerifier,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly issuer: Issuer,
    private readonly clock: Clock,
  ) {}

  /** The response to this client. */
  async introspect(token: string, client: Client): Promise<IntrospectionResponse> {
    const accessToken = await this.accessTokens.find(token);
    if (accessToken !== undefined) return this.#maySee(client, accessToken) ? this.#describe(accessToken) : INACTIVE;
    const refreshToken = await this.refreshTokens.find(token);
    if (refreshToken === undefined || !this.#isActive(refreshToken)) return INACTIVE;
    const { family, expiresAt } = refreshToken;
    if (family.clientId !== client.id) return INACTIVE;
    return {
      active: true,
      client_id: client.id,
      sub: family.subject,
      iss: this.issuer.url,
      exp: epochSeconds(expiresAt),
      scope: family.granted.scopes.join(' ') || undefined,
      cnf: family.confirmation,
    };
  }

  #isActive({ family, isRevoked, spent, expiresAt }: StoredRefreshToken): boolean {
    const now = this.clock.now();
    return !isRevoked && spent === undefined && expiresAt > now && family.expiresAt > now;
  }

  #maySee(client: Client, { clientId, audience }: VerifiedAccessToken): boolean {
    const isMeantForIt = audience.includes(this.issuer.url) || audience.includes(client.id);
    return clientId === client.id || (client.metadata.resource_server && isMeantForIt);
  }

  #describe(token: VerifiedAccessToken): IntrospectionResponse {
    return {
      ...token.claims,
      active: true,
      client_id: token.clientId,
      sub: token.subject,
      iss: this.issuer.url,
      exp: epochSeconds(token.expiresAt),
      scope: token.scopes.join(' ') || undefined,
      token_type: 'Bearer',
      iat: epochSeconds(token.issuedAt),
      aud: token.audience,
      jti: token.tokenId,
      ...(token.confirmation && { cnf: token.confirmation }),
    };
  }
}
