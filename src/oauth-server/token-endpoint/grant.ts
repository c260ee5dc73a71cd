import type { Client } from '../../clients/client.js';
import type { Confirmation } from '../../common/confirmation.js';
import { familyDecorator } from '../../common/extension/family-decorator.js';
import type { FormParameters } from '../../common/http/form-parameters.js';

/** A token request whose client is authenticated and lists the grant type (RFC 6749 section 4). */
export interface TokenRequest {
  readonly client: Client;
  readonly grantType: string;
  readonly parameters: FormParameters;
  /** The network address that the request came from. */
  readonly address: string;
  /** The key that the client proved to hold with this request; left out where it proved none. */
  readonly confirmation?: Confirmation | undefined;
}

/** A successful answer of the token endpoint (RFC 6749 section 5.1); extension members are allowed. */
export interface TokenResponse {
  readonly access_token: string;
  /** `Bearer` (RFC 6750), or the type of the key that the token is bound to, for example `DPoP`. */
  readonly token_type: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly id_token?: string;
  readonly [member: string]: unknown;
}

/** One grant type. Both halves may answer at once or with a promise. */
export interface Grant<Validated = unknown> {
  /** Reads and checks, writes nothing; raises the OAuthError of the first rule that does not hold. */
  validate(request: TokenRequest): Validated | Promise<Validated>;
  /** Writes what was validated, in one statement or transaction, and answers. */
  issue(validated: Validated): TokenResponse | Promise<TokenResponse>;
}

/** Registers an injectable class that implements Grant under a grant type name; list it in any module. */
export const GrantType = familyDecorator<Grant>('grant type', 'validate', 'issue');
