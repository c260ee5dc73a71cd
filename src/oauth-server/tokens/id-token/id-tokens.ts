import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { Issuer } from '../../../common/config/issuer.js';
import { Clock } from '../../../common/time/clock.js';
import { epochSeconds } from '../../../common/time/instant.js';
import type { SignIn } from '../../../users/session/sign-in.js';
import { Claims } from '../../claims/claims.js';
import type { SigningAlgorithm } from '../../keys/jws.js';
import { SigningKeys } from '../../keys/signing-keys.js';
import type { GrantedAccess } from '../../storage/granted-access.js';
import { TokenLifetimes } from '../token-lifetimes.js';

const TYPE = 'JWT';

/** The content of an id_token: the client, the end user and the sign-in. */
export interface IdTokenOrder {
  readonly client: Client;
  /** `sub`: the end user. */
  readonly subject: string;
  readonly signIn: SignIn;
  readonly granted: GrantedAccess;
  /** The nonce of the authorization request. */
  readonly nonce?: string | undefined;
  /**
   * Claims about the end user, to be given where no access token is issued by which the client could ask userinfo
   * (OpenID Connect Core section 5.4). They cannot replace the claims of the id_token itself.
   */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** The access token that is issued beside the id_token, and bound by `at_hash`. */
  readonly accessToken?: string | undefined;
  /** The code that is issued beside the id_token, and bound by `c_hash`. */
  readonly code?: string | undefined;
}

/** Issues id_tokens (OpenID Connect Core section 2), and reads those that come back as a hint. */
@Injectable()
export class IdTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly claims: Claims,
    private readonly issuer: Issuer,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
  ) {}

  /** An id_token with the claims of every `@TokenClaims()` class, signed by the client's `id_token_signed_response_alg`. */
  async issue(order: IdTokenOrder): Promise<string> {
    const { client, subject, signIn, granted, nonce, accessToken, code, claims } = order;
    const added = await this.claims.ofIdToken({ client, subject, signIn, granted });
    const algorithm = client.metadata.id_token_signed_response_alg;
    const issuedAt = epochSeconds(this.clock.now());
    return this.keys.sign(
      algorithm,
      { typ: TYPE },
      {
        ...claims,
        ...added,
        iss: this.issuer.url,
        sub: subject,
        aud: client.id,
        exp: issuedAt + this.lifetimes.idTokenSeconds(client),
        iat: issuedAt,
        auth_time: epochSeconds(signIn.authTime),
        nonce,
        acr: signIn.acr,
        amr: signIn.amr,
        sid: signIn.sessionId,
        at_hash: accessToken && leftHalfOfHash(algorithm, accessToken),
        c_hash: code && leftHalfOfHash(algorithm, code),
      },
    );
  }

  /**
   * The subject and client of an `id_token_hint`, expired or not (section 3.1.2.1); undefined for any text that is no
   * id_token of this server.
   */
  readHint(idTokenHint: string): { subject: string; clientId: string } | undefined {
    const { iss, sub, aud } = this.keys.verify(idTokenHint, TYPE)?.payload ?? {};
    if (iss !== this.issuer.url || typeof sub !== 'string' || typeof aud !== 'string') return undefined;
    return { subject: sub, clientId: aud };
  }
}

/** `at_hash` and `c_hash` (section 3.3.2.11), with the hash of the signature; Ed25519 has SHA-512 inside. */
function leftHalfOfHash(algorithm: SigningAlgorithm, value: string): string {
  const digest = hash(algorithm === 'EdDSA' ? 'sha512' : 'sha256', value, 'buffer');
  return digest.toString('base64url', 0, digest.length / 2);
}
