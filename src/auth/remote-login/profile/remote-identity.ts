import type { RemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import type { RemoteSubject } from '../../../users/linked-account/token-vault.js';
import type { StandardClaims } from '../../../users/user/user.js';

/** What a provider says of an end user, before any of it is trusted; a strategy succeeds with it. */
export interface RemoteProfile {
  /** The issuer identifier, or the remote app's name where the provider has none. */
  readonly issuer: string;
  /** In the shape of standard claims, `sub`, `email` and `auth_time` included. */
  readonly claims: StandardClaims;
  readonly tokens: RemoteTokens;
}

/** Who a provider says an end user is. */
export interface RemoteIdentity extends RemoteSubject {
  /** Standard claims besides sub and e-mail. */
  readonly claims: StandardClaims;
  /** An address that the provider says it has verified; any other is dropped. */
  readonly verifiedEmail: string | undefined;
  /** When the end user proved who they are there; undefined where the provider does not say. */
  readonly authTime: Date | undefined;
  readonly tokens: RemoteTokens;
}

/** What is stored of an identity when it is linked to an account. */
export type LinkableIdentity = Pick<RemoteIdentity, 'issuer' | 'subject' | 'claims' | 'tokens'>;
