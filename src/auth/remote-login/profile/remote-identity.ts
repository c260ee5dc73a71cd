import type { RemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import type { RemoteSubject } from '../../../users/linked-account/token-vault.js';
import type { StandardClaims } from '../../../users/user/user.js';

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
