import type { INestApplicationContext } from '@nestjs/common';
import { type ClientRegistrationInput, Clients } from 'gatehouse';
import { ClientRepository } from '../../src/clients/client-registry.js';
import { type ClientMetadataInput, clientMetadata } from '../../src/clients/metadata/client-metadata.js';
import { clientRegistration } from '../../src/clients/metadata/client-registration.js';
import { ScopeRegistry } from '../../src/scopes/scope-registry.js';
import { digestOf } from './stored-rows.js';
import type { TestApp } from './test-app.js';
import { TestClient } from './test-client.js';

export type { ClientMetadataInput };

/** The redirect URI of a client that a test does not care about. */
export const CALLBACK = 'https://client.example/callback';

/** The secret of a confidential client that a test does not care about. */
export const SECRET = 'the secret of a client in a test: + and % too';

/** An entry of `clients` in a bootstrap file. */
type Entry = Partial<ClientMetadataInput> & {
  readonly client_id?: string;
  readonly client_secrets?: readonly string[];
};

/**
 * A client that is still to be registered: confidential, with CALLBACK as its redirect URI and the scopes openid and
 * profile, until a test says otherwise. Each method gives another builder, so that two clients can share a beginning.
 */
export function aClient(): ClientBuilder {
  return new ClientBuilder({
    client_id: 'client',
    client_secrets: [SECRET],
    redirect_uris: [CALLBACK],
    scope: 'openid profile',
  });
}

/** Registers several clients, to be found by their ids. */
export async function registerAll(
  app: TestApp,
  builders: readonly ClientBuilder[],
): Promise<(id: string) => TestClient> {
  const clients = new Map<string, TestClient>();
  for (const builder of builders) {
    const client = await builder.registeredAt(app);
    clients.set(client.id, client);
  }
  return (id) => {
    const client = clients.get(id);
    if (client === undefined) throw new Error(`There is no client ${id}`);
    return client;
  };
}

/** The entry of a client in a bootstrap file, said in words. */
export class ClientBuilder {
  constructor(private readonly entry: Entry) {}

  /** Takes this client_id. */
  named(clientId: string): ClientBuilder {
    return this.#changed({ client_id: clientId });
  }

  /** Keeps no secret, and authenticates with `none`. */
  public(): ClientBuilder {
    return this.#changed({ client_secrets: undefined, token_endpoint_auth_method: 'none' });
  }

  /** Authenticates with any of these secrets; the first is the one that the TestClient uses. */
  confidential(...secrets: string[]): ClientBuilder {
    const method = this.entry.token_endpoint_auth_method;
    return this.#changed({
      client_secrets: secrets.length === 0 ? [SECRET] : secrets,
      token_endpoint_auth_method: method === 'none' ? undefined : method,
    });
  }

  /** Asks nothing of its end users but to sign in: a client of the operator. */
  firstParty(): ClientBuilder {
    return this.#changed({ first_party: true });
  }

  /** Takes part as an API that introspects tokens, and as nothing else. */
  resourceServer(): ClientBuilder {
    return this.#changed({ resource_server: true, redirect_uris: undefined, scope: undefined });
  }

  /** May ask for these scopes. */
  allowed(scope: string): ClientBuilder {
    return this.#changed({ scope });
  }

  /** Has answers go to one of these. */
  redirectingTo(...redirectUris: string[]): ClientBuilder {
    return this.#changed({ redirect_uris: redirectUris });
  }

  /** Lists these grant types; its response types follow from them. */
  using(...grantTypes: string[]): ClientBuilder {
    return this.#changed({ grant_types: grantTypes });
  }

  /** Has these members of RFC 7591, or of our own. */
  with(metadata: Partial<ClientMetadataInput>): ClientBuilder {
    return this.#changed(metadata);
  }

  /** Registers the client by the rules of a bootstrap file; a contradiction in its metadata fails the test. */
  async registeredAt(app: TestApp): Promise<TestClient> {
    await this.registeredIn(app.nest);
    const { clientId, metadata, secrets } = clientRegistration.parse(withoutUndefined(this.entry));
    return new TestClient(app, clientId, metadata, secrets[0]);
  }

  /** Registers the client in an application of a team's own, which has no TestApp; scopes that it lacks are declared first. */
  async registeredIn(application: INestApplicationContext): Promise<void> {
    const scopes = application.get(ScopeRegistry, { strict: false });
    const unknown = (this.entry.scope ?? '').split(' ').filter((name) => name !== '' && !scopes.has(name));
    if (unknown.length > 0) await scopes.save(unknown.map((name) => ({ name, description: `Use ${name}` })));
    await application.get(Clients, { strict: false }).register(withoutUndefined(this.entry) as ClientRegistrationInput);
  }

  /** Stores the client whatever its members demand of one another, as a hand in the database could have done. */
  async storedByHandAt(app: TestApp): Promise<TestClient> {
    const { client_id = '', client_secrets = [], ...members } = this.entry;
    const metadata = clientMetadata.parse(members);
    await app.port(ClientRepository).save(client_id, metadata, client_secrets.map(digestOf));
    return new TestClient(app, client_id, metadata, client_secrets[0]);
  }

  #changed(changes: { [Member in keyof Entry]?: Entry[Member] | undefined }): ClientBuilder {
    return new ClientBuilder({ ...this.entry, ...changes } as Entry);
  }
}

function withoutUndefined(entry: Entry): object {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}
