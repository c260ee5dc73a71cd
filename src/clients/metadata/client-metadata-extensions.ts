import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { CLIENT_METADATA_EXTENSION, type ClientMetadataExtension } from './client-metadata-extension.js';
import { type ClientRegistration, REGISTRATION_MEMBERS } from './client-registration.js';

/** One thing wrong with a registration: the path of the member, and the rest of a sentence about it. */
export interface RegistrationFault {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
}

/** Every member that the application adds to client metadata. */
@Injectable()
export class ClientMetadataExtensions implements OnModuleInit {
  #members = z.object({});

  constructor(private readonly providers: DecoratedProviders) {}

  /** Throws at boot for a member that Gatehouse or another extension claims already. */
  onModuleInit(): void {
    const owners = new Map(REGISTRATION_MEMBERS.map((member) => [member, 'Gatehouse']));
    for (const { provider } of this.providers.with<true, ClientMetadataExtension>(CLIENT_METADATA_EXTENSION)) {
      const other = provider.constructor.name;
      for (const member of Object.keys(provider.members)) {
        const one = owners.get(member);
        if (one !== undefined)
          throw new Error(`${one} and ${other} both define the client metadata member "${member}". Rename one.`);
        owners.set(member, other);
      }
      this.#members = this.#members.extend(provider.members);
    }
  }

  /** The registration with the application's members in its metadata, or the faults of those members. */
  extend(registration: ClientRegistration): { extended?: ClientRegistration; faults: RegistrationFault[] } {
    const { data, error } = this.#members.safeParse(registration.others ?? {});
    if (data === undefined) return { faults: error.issues.map(({ path, message }) => ({ path, problem: message })) };
    return { extended: { ...registration, metadata: { ...registration.metadata, ...data }, others: {} }, faults: [] };
  }
}
