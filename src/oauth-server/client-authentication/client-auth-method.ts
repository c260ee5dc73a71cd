import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import { familyDecorator } from '../../common/extension/family-decorator.js';
import type { FormParameters } from '../../common/http/form-parameters.js';

/** The proof of the client that a request presents, in the shape of one method. */
export interface PresentedCredentials {
  /** The client that the request says it comes from. */
  readonly clientId: string;
}

/** One way for a client to authenticate (RFC 6749 section 2.3), named as in `token_endpoint_auth_method`. */
export interface ClientAuthenticator<Presented extends PresentedCredentials = PresentedCredentials> {
  /**
   * The proof that the request presents for this method; undefined when there is none. Raises InvalidClientError for a
   * malformed proof.
   */
  read(request: Request, parameters: FormParameters): Presented | undefined;
  /** True when the presented proof is that of the client. */
  verify(client: Client, presented: Presented): boolean | Promise<boolean>;
}

/** Registers an injectable class that implements ClientAuthenticator under a method name; list it in any module. */
export const ClientAuthMethod = familyDecorator<ClientAuthenticator>('client authentication method', 'read', 'verify');
