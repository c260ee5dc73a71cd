import { Injectable } from '@nestjs/common';
import {
  type AccessTokenClaims,
  type AccessTokenFormat,
  TokenFormat,
  TokenSigner,
  type VerifiedAccessToken,
} from 'gatehouse';

const TYPE = 'team+jwt';

/** Access tokens in a form of the team's own, signed with the keys of Gatehouse: `access_token_format: 'team'`. */
@Injectable()
@TokenFormat('team')
export class TeamTokenFormat implements AccessTokenFormat {
  readonly prefix = 'team_';
  readonly isStored = false;

  constructor(private readonly signer: TokenSigner) {}

  write({ client, family, ...content }: AccessTokenClaims): string {
    const token = { ...content, clientId: client.id, familyId: family?.id, userId: family && content.subject };
    return this.prefix + this.signer.sign(TYPE, token);
  }

  read(text: string): VerifiedAccessToken | undefined {
    const token = this.signer.verify(TYPE, text.slice(this.prefix.length)) as VerifiedAccessToken | undefined;
    return token && { ...token, issuedAt: new Date(token.issuedAt), expiresAt: new Date(token.expiresAt) };
  }
}
