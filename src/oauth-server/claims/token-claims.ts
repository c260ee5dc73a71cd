import { Injectable, SetMetadata } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import type { SignIn } from '../../users/session/sign-in.js';
import type { GrantedAccess } from '../storage/granted-access.js';

/** The access that a token will give. */
export interface DescribedAccess {
  readonly client: Client;
  /** `sub`: the end user, or the client itself. */
  readonly subject: string;
  readonly granted: GrantedAccess;
  /** Undefined where a client acts in its own right. */
  readonly signIn: SignIn | undefined;
}

/**
 * Adds claims of your own to access tokens: a JWT carries them, introspection tells them, and a guarded API finds them
 * in `claims` of the verified token. The server alone gives the claims of RFC 9068 section 2.2.
 */
export interface TokenClaims {
  /** The claims by their names on the wire. Undefined values are left out. */
  claims(access: DescribedAccess): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
}

/** Metadata key of `@TokenClaims`. */
export const TOKEN_CLAIMS = 'gatehouse:token-claims';

/** Registers an injectable class that implements TokenClaims; list it in any module. */
export const TokenClaims = (): ClassDecorator => SetMetadata(TOKEN_CLAIMS, true);

/**
 * Tells resource servers the members of the granted access beside scopes: RFC 9396 section 9.1, RFC 9470 section 6, RFC
 * 8693 section 4.1.
 */
@Injectable()
@TokenClaims()
export class GrantedAccessClaims implements TokenClaims {
  claims({ granted, signIn }: DescribedAccess): Readonly<Record<string, unknown>> {
    return { authorization_details: granted.authorizationDetails, acr: granted.acr ?? signIn?.acr, act: granted.actor };
  }
}
