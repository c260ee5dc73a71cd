import { randomUUID } from 'node:crypto';
import { AccessTokenVerifier, type VerifiedAccessToken } from '../common/access-token-verifier.js';
import type { Confirmation } from '../common/confirmation.js';
import { InvalidTokenError } from '../common/errors/rfc6750.errors.js';

/** What an access token of a test says. Each member may be left out. */
export interface TestToken {
  /** The end user; left out for a token that the client holds in its own right. */
  readonly sub?: string;
  /** @default test-client */
  readonly clientId?: string;
  /** @default none */
  readonly scopes?: readonly string[];
  /** The resource servers that the token is meant for. @default this application */
  readonly audience?: readonly string[];
  /** Further claims, which a guarded handler finds in `claims` of `@CurrentToken()`. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The key that the token is bound to (RFC 7800). */
  readonly confirmation?: Confirmation;
  /** Negative for a token that is expired. @default 3600 */
  readonly expiresInSeconds?: number;
}

/** The tokens of one test, in place of those that a server issues: refused for the same reasons, in the same words. */
export class TestTokens extends AccessTokenVerifier {
  readonly #issued = new Map<string, VerifiedAccessToken>();
  readonly #revoked = new Set<string>();

  constructor(private readonly issuer: string) {
    super();
  }

  issue(content: TestToken): string {
    const { sub, clientId = 'test-client', scopes = [], audience = [this.issuer], expiresInSeconds = 3600 } = content;
    const token = `test_at_${randomUUID()}`;
    const now = Date.now();
    this.#issued.set(token, {
      tokenId: randomUUID(),
      clientId,
      subject: sub ?? clientId,
      userId: sub,
      scopes,
      audience,
      claims: content.claims,
      confirmation: content.confirmation,
      issuedAt: new Date(now),
      expiresAt: new Date(now + expiresInSeconds * 1000),
    });
    return token;
  }

  revoke(token: string): void {
    this.#revoked.add(token);
  }

  verify(token: string): VerifiedAccessToken {
    const found = this.#issued.get(token);
    if (found === undefined) throw refused('This is not an access token of this server');
    if (found.expiresAt.getTime() <= Date.now()) throw refused('The access token is expired');
    if (this.#revoked.has(token)) throw refused('The access token is revoked');
    if (!found.audience.includes(this.issuer)) {
      throw refused(`The access token is meant for ${found.audience.join(' ')}`);
    }
    return found;
  }
}

function refused(description: string): InvalidTokenError {
  return new InvalidTokenError({ description });
}
