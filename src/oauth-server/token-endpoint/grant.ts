import type { Client } from '../../clients/client.js';
import type { Confirmation } from '../../common/confirmation.js';
import { familyDecorator } from '../../common/extension/family-decorator.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import type { TokenResponse } from '../tokens/token-issuer.js';

/** A token request whose client is authenticated and lists the grant type (RFC 6749 section 4). */
export interface TokenRequest {
  readonly client: Client;
  readonly grantType: string;
  readonly parameters: FormParameters;
  /** The network address that the request came from. */
  readonly address: string;
  /** The key that the client proved to hold with this request (RFC 7800); left out where it proved none. */
  readonly confirmation?: Confirmation | undefined;
}

/** One grant type: `validate` only reads, `issue` writes. Either may return a promise. */
export interface Grant<Validated = unknown> {
  /** Checks the request and writes nothing. Raises the OAuthError of the first rule that does not hold. */
  validate(request: TokenRequest): Validated | Promise<Validated>;
  /** Issues the tokens of a request that was validated, in one statement or transaction, and answers. */
  issue(validated: Validated): TokenResponse | Promise<TokenResponse>;
}

/** Registers an injectable class that implements Grant under a grant type name; list it in any module. */
export const GrantType = familyDecorator<Grant>('grant type', 'validate', 'issue');
