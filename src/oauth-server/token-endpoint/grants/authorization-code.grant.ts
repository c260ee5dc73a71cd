import { Injectable } from '@nestjs/common';
import { isCodeVerifier, verifierMatches } from '../../../common/crypto/pkce.js';
import { InvalidGrantError } from '../../../common/errors/rfc6749.errors.js';
import { Events } from '../../../common/events/events.js';
import { enforce, type Rule } from '../../../common/rules.js';
import { Clock } from '../../../common/time/clock.js';
import { EndUsers } from '../../../users/user/end-users.js';
import {
  type AuthorizationCode,
  AuthorizationCodeRepository,
  type FoundAuthorizationCode,
} from '../../storage/authorization-code.repository.js';
import { TokenFamilyRepository } from '../../storage/token-family.repository.js';
import { AlreadySpentError, TokenIssuer, type TokenResponse } from '../../tokens/token-issuer.js';
import { type Grant, GrantType, type TokenRequest } from '../grant.js';

/** The redemption of a code that broke no rule. Whether the code is spent already, `issue` finds out. */
export interface Redemption {
  readonly request: TokenRequest;
  readonly code: AuthorizationCode;
}

interface Presented extends Redemption {
  readonly code: FoundAuthorizationCode;
  /** False for an end user who is disabled or gone. */
  readonly mayAct: boolean;
  readonly now: Date;
}

/**
 * The rules in the order in which a client hears of them. That the code is unspent is a condition of the write itself.
 */
const RULES: readonly Rule<Presented>[] = [
  [({ request, code }) => code.clientId === request.client.id, refused('The code was issued to another client')],
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
  [
    ({ request, code }) =>
      code.challenge === undefined || isCodeVerifier(request.parameters.get('code_verifier') ?? ''),
    refused('code_verifier must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~ (RFC 7636 section 4.1)'),
  ],
  [hasRightVerifier, refused('code_verifier does not match the code_challenge of the authorization request')],
  [({ code, now }) => code.isSpent || code.expiresAt > now, refused('The code has expired')],
  [({ mayAct }) => mayAct, refused('The end user has no account here any more')],
  [
    ({ code }) => code.isSpent || !code.isCutOff,
    refused('The client or the end user was disabled, or the end user signed out, after the code was issued'),
  ],
];

/**
 * `authorization_code` (RFC 6749 section 4.1.3, with PKCE by RFC 7636 section 4.6). The code is spent by the very
 * statement that stores the tokens. A client that presents the code again, or comes second in a race, is refused, and
 * every token that the code gave is revoked (section 4.1.2). An attempt that breaks a rule does not spend the code.
 */
@Injectable()
@GrantType('authorization_code')
export class AuthorizationCodeGrant implements Grant<Redemption> {
  constructor(
    private readonly codes: AuthorizationCodeRepository,
    private readonly families: TokenFamilyRepository,
    private readonly endUsers: EndUsers,
    private readonly issuer: TokenIssuer,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  /** Raises InvalidRequestError and InvalidGrantError. */
  async validate(request: TokenRequest): Promise<Redemption> {
    const code = await this.codes.find(request.parameters.required('code'));
    if (code === undefined) throw refused('This server issued no such code')();
    const mayAct = await this.endUsers.mayAct(code);
    enforce(RULES, { request, code, mayAct, now: this.clock.now() });
    return { request, code };
  }

  /**
   * Spends the code and issues its tokens. Raises InvalidGrantError for a replay, after the tokens that the code gave
   * are revoked.
   */
  async issue({ request, code }: Redemption): Promise<TokenResponse> {
    const { client, grantType, parameters, confirmation = code.confirmation } = request;
    const { granted, subject, signIn, authorizationId, family, nonce } = code;
    const order = { client, grantType, granted, endUser: { subject, signIn }, authorizationId, confirmation, nonce };
    const withTokens = { ...order, familyReference: family, withRefreshToken: true, withIdToken: true };
    try {
      return await this.issuer.issue(withTokens, this.codes.spending(parameters.required('code')));
    } catch (error) {
      if (!(error instanceof AlreadySpentError)) throw error;
      const endUser = { clientId: client.id, subject };
      const endedNow = await this.families.revoke({ ...family, ...endUser }, 'authorization code replayed');
      if (endedNow) this.events.emit({ type: 'authorization_code.replayed', familyId: family.id, ...endUser });
      throw refused('The code was used before or the authorization taken back; whatever the code gave is revoked')();
    }
  }
}

function hasRightVerifier({ request, code: { challenge } }: Presented): boolean {
  return (
    challenge === undefined ||
    verifierMatches(request.parameters.get('code_verifier') ?? '', challenge.text, challenge.method)
  );
}

function refused(description: string): () => InvalidGrantError {
  return () => new InvalidGrantError({ description });
}
