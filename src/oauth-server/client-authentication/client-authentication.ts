import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import { ClientRegistry } from '../../clients/client-registry.js';
import { InvalidClientError, InvalidRequestError } from '../../common/errors/rfc6749.errors.js';
import { familyDecorator } from '../../common/extension/family-decorator.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { noteClient } from '../../common/http/asking-client.js';
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

const CREDENTIAL_IN_URL =
  /[?&](client_secret|client_assertion|code|code_verifier|device_code|refresh_token|password|token)=/;

/**
 * The two ways to send one and the same client secret. A client that is registered for one may use the other, since many
 * libraries redeem codes by the one and refresh by the other.
 */
const SECRET_METHODS = ['client_secret_basic', 'client_secret_post'];

interface Presentation {
  readonly name: string;
  readonly method: ClientAuthenticator;
  readonly presented: PresentedCredentials;
}

/** Which client sent a request to a protocol endpoint, proven by exactly one method (RFC 6749 section 2.3). */
@Injectable()
export class ClientAuthentication {
  readonly #methods: Registry<ClientAuthenticator>;

  constructor(
    private readonly clients: ClientRegistry,
    registries: Registries,
  ) {
    this.#methods = registries.of(ClientAuthMethod);
  }

  /**
   * The client of this request, authenticated by the method it is registered for, its secret in the header or the body.
   * Raises InvalidClientError when it is unknown or not proven, in the same words, and InvalidRequestError for two methods
   * at once or a credential in the URL.
   */
  async authenticate(request: Request, parameters: FormParameters): Promise<Client> {
    const inUrl = CREDENTIAL_IN_URL.exec(request.originalUrl)?.[1];
    if (inUrl !== undefined) {
      throw new InvalidRequestError({ description: `Send ${inUrl} in the body: what is in a URL ends up in logs` });
    }
    const { name, method, presented } = this.#presentation(request, parameters);
    noteClient(request, presented.clientId);
    const client = await this.clients.find(presented.clientId);
    if (client === undefined) throw unproven(`there is no client "${presented.clientId}"`);
    if (!(await method.verify(client, presented))) throw unproven(`${name} does not prove client "${client.id}"`);
    const registered = client.metadata.token_endpoint_auth_method;
    if (name !== registered && ![name, registered].every((method) => SECRET_METHODS.includes(method))) {
      throw new InvalidClientError({
        description: `This client is registered for ${registered}, and the request uses ${name}`,
      });
    }
    return client;
  }

  /** `none` is what remains when the request presents no credentials, so it is asked last and alone. */
  #presentation(request: Request, parameters: FormParameters): Presentation {
    const found = this.#methods.entries.flatMap(([name, method]) => present(name, method, request, parameters));
    const proofs = found.filter(({ name }) => name !== 'none');
    const [only, second] = proofs.length === 0 ? found : proofs;
    if (only === undefined) {
      throw new InvalidClientError({ description: 'Authenticate the client, or send client_id if it is a public one' });
    }
    if (second !== undefined) {
      throw new InvalidRequestError({
        description: `Authenticate the client by one method, not by ${only.name} and ${second.name} at once`,
      });
    }
    const named = [parameters.get('client_id'), ...found.map(({ presented }) => presented.clientId)];
    if (named.some((clientId) => (clientId ?? only.presented.clientId) !== only.presented.clientId)) {
      throw new InvalidRequestError({
        description: 'The request names another client than the one that authenticates',
      });
    }
    return only;
  }
}

function present(
  name: string,
  method: ClientAuthenticator,
  request: Request,
  parameters: FormParameters,
): Presentation[] {
  const presented = method.read(request, parameters);
  return presented === undefined ? [] : [{ name, method, presented }];
}

function unproven(detail: string): InvalidClientError {
  return new InvalidClientError({
    description: 'The client is unknown, or its credentials are missing or wrong',
    detail,
  });
}
