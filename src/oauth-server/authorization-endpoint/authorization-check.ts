import { SetMetadata, type Type } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import type { SignedInEndUser } from '../../users/session/end-user-session.js';
import type { GrantedAccess } from '../storage/granted-access.js';

/** An authorization request whose end user is signed in, before they are asked for consent. */
export interface AuthorizationRequest {
  readonly client: Client;
  readonly endUser: SignedInEndUser;
  /** The parameters of the authorization request, as the client sent them. */
  readonly parameters: FormParameters;
  /** The access that will be granted: the requested scopes, as the checks before this one have left and completed it. */
  readonly granted: GrantedAccess;
  /** The network address that the request came from. */
  readonly address: string;
}

/**
 * What a check changes of the access that will be granted: members that it adds, and `scopes` with fewer of those that
 * are there, about which alone the end user is then asked. The token response tells the client what is left (RFC 6749
 * section 3.3).
 */
export type CheckedAccess = Partial<GrantedAccess>;

/** A rule of your own for every authorization request. It runs each time the end user comes back from one of our pages. */
export interface AuthorizationCheck {
  /**
   * Returns what to change of the granted access, or nothing. Raises an OAuthError to refuse, which the client gets as the
   * error response. The check must write nothing, because the end user has allowed nothing yet.
   */
  check(request: AuthorizationRequest): CheckedAccess | undefined | Promise<CheckedAccess | undefined>;
}

/** Metadata key of `@AuthorizationCheck`. */
export const AUTHORIZATION_CHECK = 'gatehouse:authorization-check';

/** Registers an injectable class that implements AuthorizationCheck; list it in any module. */
export const AuthorizationCheck = (): ((check: Type<AuthorizationCheck>) => void) =>
  SetMetadata(AUTHORIZATION_CHECK, true);
