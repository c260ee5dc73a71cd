import { Injectable } from '@nestjs/common';
import { verifierMatches } from '../../../common/crypto/pkce.js';
import { InvalidGrantError } from '../../../common/errors/rfc6749.errors.js';
import { enforce, type Rule } from '../../../common/rules.js';
import { Clock } from '../../../common/time/clock.js';
import type { User } from '../../../users/user/user.js';
import { UserStore } from '../../../users/user/user-store.js';
import {
  AuthorizationCodeRepository,
  type StoredAuthorizationCode,
} from '../../storage/authorization-code.repository.js';
import { TokenFamilyRepository } from '../../storage/token-family.repository.js';
import { TokenMint } from '../../tokens/token-mint.js';
import { type Grant, GrantType, type TokenRequest, type TokenResponse } from '../grant.js';

interface Redemption {
  readonly request: TokenRequest;
  readonly text: string;
  readonly code: StoredAuthorizationCode;
  /** Undefined for a person who is disabled or gone. */
  readonly user: User | undefined;
  readonly now: Date;
}

/** That the code is unspent is the last rule, and a condition of the write itself. */
const RULES: readonly Rule<Redemption>[] = [
  [({ request, code }) => code.family.clientId === request.client.id, refused('The code was issued to another client')],
  [
    ({ request, code }) => request.parameters.get('redirect_uri') === code.redirectUri,
    refused('redirect_uri is not the one of the authorization request; where that left it out, leave it out here'),
  ],
  [
    ({ request, code }) => code.challenge === undefined || request.parameters.get('code_verifier') !== undefined,
    refused('code_verifier is missing; the authorization request had a code_challenge (RFC 7636 section 4.5)'),
  ],
  [
    ({ request, code }) => code.challenge !== undefined || request.parameters.get('code_verifier') === undefined,
    refused('code_verifier is given, but the authorization request had no code_challenge (RFC 9700 section 4.8.2)'),
  ],
  [hasRightVerifier, refused('code_verifier does not match the code_challenge of the authorization request')],
  [({ code, now }) => code.isSpent || code.expiresAt > now, refused('The code has expired')],
  [({ user }) => user !== undefined, refused('The end user has no account here any more')],
];

/**
 * `authorization_code` (RFC 6749 section 4.1.3, with PKCE by RFC 7636 section 4.6). The code is spent by the very
 * statement that stores what it gives. Whoever presents it again, or comes second in a race, is refused and ends what
 * it gave (section 4.1.2); an attempt that fails another rule leaves it good for the one who can keep them.
 */
@Injectable()
@GrantType('authorization_code')
export class AuthorizationCodeGrant implements Grant<Redemption> {
  constructor(
    private readonly codes: AuthorizationCodeRepository,
    private readonly families: TokenFamilyRepository,
    private readonly users: UserStore,
    private readonly mint: TokenMint,
    private readonly clock: Clock,
  ) {}

  /** Raises InvalidRequestError and InvalidGrantError. */
  async validate(request: TokenRequest): Promise<Redemption> {
    const text = request.parameters.required('code');
    const code = await this.codes.find(text);
    if (code === undefined) throw new InvalidGrantError({ description: 'This server issued no such code' });
    const user = await this.users.findById(code.family.userId);
    const redemption = { request, text, code, user, now: this.clock.now() };
    enforce(RULES, redemption);
    return redemption;
  }

  /** Raises InvalidGrantError for a replay, whose revocation stays although it is refused. */
  async issue({ request, text, code }: Redemption): Promise<TokenResponse> {
    const { client, grantType } = request;
    const { family } = code;
    const order = { client, grantType, family, scopes: family.scopes, nonce: code.nonce };
    const minted = await this.mint.mint({ ...order, withRefreshToken: true, withIdToken: true });
    if (await this.codes.redeem(text, family, minted)) return minted.response;
    await this.families.revoke(family, 'authorization code replayed');
    throw new InvalidGrantError({
      description: 'The code was used before or the authorization taken back; whatever the code gave is revoked',
    });
  }
}

function hasRightVerifier({ request, code: { challenge } }: Redemption): boolean {
  return (
    challenge === undefined ||
    verifierMatches(request.parameters.get('code_verifier') ?? '', challenge.text, challenge.method)
  );
}

function refused(description: string): () => InvalidGrantError {
  return () => new InvalidGrantError({ description });
}
