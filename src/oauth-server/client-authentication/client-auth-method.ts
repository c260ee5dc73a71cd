import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import { familyDecorator } from '../../common/extension/family-decorator.js';
import type { FormParameters } from '../../common/http/form-parameters.js';

/** What a request presents as proof of the client, in the shape of one method. */
export interface PresentedCredentials {
  /** The client that the request says it comes from. */
  readonly clientId: string;
}

/** One way for a client to authenticate (RFC 6749 section 2.3), named as in `token_endpoint_auth_method`. */
export interface ClientAuthenticator<Presented extends PresentedCredentials = PresentedCredentials> {
  /** What the request presents for this method; undefined when nothing. Raises InvalidClientError when it is malformed. */
  read(request: Request, parameters: FormParameters): Presented | undefined;
  /** True when what was presented proves the client. */
  verify(client: Client, presented: Presented): boolean | Promise<boolean>;
}

/** Registers an injectable class that implements ClientAuthenticator under a method name; list it in any module. */
export const ClientAuthMethod = familyDecorator<ClientAuthenticator>('client authentication method', 'read', 'verify');
