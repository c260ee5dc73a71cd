import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { InvalidGrantError } from '../../common/errors/rfc6749.errors.js';
import { RefreshTokenRepository } from '../storage/refresh-token.repository.js';
import { TokenFamilyRepository } from '../storage/token-family.repository.js';
import { LocalAccessTokenVerifier } from '../tokens/local-access-token.verifier.js';

/** Ends tokens for the clients that hold them (RFC 7009 section 2.1). */
@Injectable()
export class TokenRevocation {
  constructor(
    private readonly accessTokens: LocalAccessTokenVerifier,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly families: TokenFamilyRepository,
  ) {}

  /**
   * A refresh token takes its whole family with it, an access token goes alone, and one that is unknown or over already
   * is no error (section 2.2). Raises InvalidGrantError for a token of another client, which section 2.1 wants refused:
   * "issued to another client" is what RFC 6749 section 5.2 has that code for.
   */
  async revoke(token: string, client: Client): Promise<void> {
    const { family } = (await this.refreshTokens.find(token)) ?? {};
    if (family !== undefined) {
      refuseUnlessOf(client, family);
      await this.families.revoke(family, 'the client revoked its refresh token');
      return;
    }
    const accessToken = await this.accessTokens.find(token);
    if (accessToken === undefined) return;
    refuseUnlessOf(client, accessToken);
    await this.accessTokens.revoke(token, accessToken);
  }
}

function refuseUnlessOf(client: Client, { clientId }: { readonly clientId: string }): void {
  if (clientId !== client.id) throw new InvalidGrantError({ description: 'The token was issued to another client' });
}
