import { Injectable } from '@nestjs/common';
import type { VerifiedAccessToken } from '../../../common/access-token-verifier.js';
import { InvalidTokenError } from '../../../common/errors/rfc6750.errors.js';
import { AccessTokenRepository } from '../../storage/access-token.repository.js';
import { ACCESS_TOKENS } from '../../storage/expiring-tables.js';
import { type AccessTokenClaims, type AccessTokenFormat, TokenFormat } from './token-format.js';

/**
 * `opaque`: a random access token whose meaning only introspection tells (RFC 7662). Each token is one row. A token
 * whose checksum is wrong costs no query.
 */
@Injectable()
@TokenFormat('opaque')
export class OpaqueTokenFormat implements AccessTokenFormat {
  readonly prefix = ACCESS_TOKENS.tokenPrefix;
  readonly isStored = true;

  constructor(private readonly tokens: AccessTokenRepository) {}

  write({ expiresAt }: AccessTokenClaims): string {
    return ACCESS_TOKENS.newToken(expiresAt);
  }

  /** Raises InvalidTokenError for a token that is unknown or revoked. */
  async read(token: string): Promise<VerifiedAccessToken | undefined> {
    const key = ACCESS_TOKENS.keyOf(token);
    if (key === undefined) return undefined;
    const found = await this.tokens.find(key);
    if (found === undefined) throw new InvalidTokenError({ description: 'This server issued no such access token' });
    if (found.isRevoked) throw new InvalidTokenError({ description: 'The access token is revoked' });
    return {
      tokenId: found.tokenId,
      clientId: found.clientId,
      subject: found.subject,
      userId: found.familyId === null ? undefined : found.subject,
      familyId: found.familyId ?? undefined,
      scopes: found.scopes,
      audience: found.audience,
      confirmation: found.confirmation ?? undefined,
      claims: found.claims ?? undefined,
      issuedAt: found.issuedAt,
      expiresAt: found.expiresAt,
    };
  }

  async revoke(token: string): Promise<void> {
    const key = ACCESS_TOKENS.keyOf(token);
    if (key !== undefined) await this.tokens.revoke(key);
  }
}
