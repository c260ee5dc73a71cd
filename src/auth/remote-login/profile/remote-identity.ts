import type { RemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import type { RemoteSubject } from '../../../users/linked-account/token-vault.js';
import type { StandardClaims } from '../../../users/user/user.js';

/** The claims of a provider about an end user, before any of them is trusted. A strategy succeeds with this value. */
export interface RemoteProfile {
  /** The issuer identifier, or the authorize URL where the provider has none: what a new name of the app leaves as it is. */
  readonly issuer: string;
  /** Standard claims, with `sub`, `email` and `auth_time` among them. */
  readonly claims: StandardClaims;
  readonly tokens: RemoteTokens;
}

/** The identity of an end user at a provider, with checked claims. */
export interface RemoteIdentity extends RemoteSubject {
  /** Standard claims besides sub and e-mail. */
  readonly claims: StandardClaims;
  /** An address that the provider says it has verified; any other is dropped. */
  readonly verifiedEmail: string | undefined;
  /** When the end user proved at the provider who they are; undefined where the provider does not say. */
  readonly authTime: Date | undefined;
  readonly tokens: RemoteTokens;
}

/** The part of an identity that is stored when the identity is linked to an account. */
export type LinkableIdentity = Pick<RemoteIdentity, 'issuer' | 'subject' | 'claims' | 'tokens'> &
  Partial<Pick<RemoteIdentity, 'verifiedEmail'>>;
