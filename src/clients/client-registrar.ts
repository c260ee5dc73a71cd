import { Injectable } from '@nestjs/common';
import { digestOf } from '../common/crypto/random-token.js';
import { InvalidClientMetadataError } from '../common/errors/rfc7591.errors.js';
import { Events } from '../common/events/events.js';
import { ClientRepository } from './client-registry.js';
import { ClientMetadataExtensions, type RegistrationFault, toldFaults } from './metadata/client-metadata-extensions.js';
import { type ClientRegistrationInput, clientRegistration } from './metadata/client-registration.js';

/** Registers clients for an application: by the rules of a bootstrap file, the application's own members included. */
@Injectable()
export class ClientRegistrar {
  constructor(
    private readonly clients: ClientRepository,
    private readonly extensions: ClientMetadataExtensions,
    private readonly events: Events,
  ) {}

  /**
   * Stores a client with its secrets, in place of what is stored under its id. Raises InvalidClientMetadataError with
   * all that is wrong.
   */
  async register(client: ClientRegistrationInput): Promise<void> {
    const { data, error } = clientRegistration.safeParse(client);
    if (data === undefined) throw refusal(error.issues.map(({ path, message }) => ({ path, problem: message })));
    const { extended, faults } = this.extensions.extend(data);
    if (extended === undefined) throw refusal(faults);
    const { clientId, metadata, secrets } = extended;
    const isChanged = await this.clients.save(clientId, metadata, secrets.map(digestOf));
    if (isChanged) this.events.emit({ type: 'client.changed', clientId });
  }
}

function refusal(faults: readonly RegistrationFault[]): InvalidClientMetadataError {
  return new InvalidClientMetadataError({ description: toldFaults(faults) });
}
