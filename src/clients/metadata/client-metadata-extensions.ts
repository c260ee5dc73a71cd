import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { type ClientMetadata, clientMetadata } from './client-metadata.js';
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

  /**
   * Metadata as a row has it, by the rules of this version: members that the row lacks have their defaults, and those that
   * nobody here knows stay. Without `metadata` where the row breaks a rule.
   */
  readStored(row: unknown): { metadata?: ClientMetadata; faults: RegistrationFault[] } {
    const { data, error } = clientMetadata.extend(this.#members.shape).loose().safeParse(row);
    return data === undefined ? { faults: faultsOf(error) } : { metadata: data, faults: [] };
  }

  /** The registration with the application's members in its metadata, or the faults of those members. */
  extend(registration: ClientRegistration): { extended?: ClientRegistration; faults: RegistrationFault[] } {
    const { data, error } = this.#members.safeParse(registration.others ?? {});
    if (data === undefined) return { faults: faultsOf(error) };
    return { extended: { ...registration, metadata: { ...registration.metadata, ...data }, others: {} }, faults: [] };
  }
}

function faultsOf({ issues }: z.ZodError): RegistrationFault[] {
  return issues.map(({ path, message }) => ({ path, problem: message }));
}

/** Each fault with its member in one sentence. */
export function toldFaults(faults: readonly RegistrationFault[]): string {
  return faults.map(({ path, problem }) => `${path.join('.')} ${problem}`).join('; ');
}
