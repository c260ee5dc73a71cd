import { Injectable } from '@nestjs/common';
import { digestOf, randomText } from '../common/crypto/random-token.js';
import type { ListPage, ListRequest } from '../common/database/list-page.js';
import { PreparedSql, type Transaction } from '../common/database/prepared-sql.js';
import { findUnstorable } from '../common/database/unstorable-text.js';
import { InvalidClientMetadataError } from '../common/errors/rfc7591.errors.js';
import { Events } from '../common/events/events.js';
import { Clock } from '../common/time/clock.js';
import { secondsAfter } from '../common/time/instant.js';
import { type ClientRecord, ClientRecords } from './client-records.js';
import { ClientRepository } from './client-registry.js';
import { DeclaredClients } from './declared-clients.js';
import { toldFaults } from './metadata/client-metadata-extensions.js';
import {
  type ClientRegistration,
  type ClientRegistrationInput,
  clientRegistration,
} from './metadata/client-registration.js';
import { RegistrationRules } from './metadata/registration-rules.js';
import { SecretUses } from './secret-uses.js';

const DAY_SECONDS = 86_400;

/** A client that is to be created: `client_id` and the secret may be left out, and are then made. */
export type NewClient = Omit<ClientRegistrationInput, 'client_id'> & { readonly client_id?: string };

/** Members of client metadata that are to change. One that is undefined takes its default. */
export type ClientChanges = {
  readonly [Member in keyof ClientRegistrationInput]?: ClientRegistrationInput[Member] | undefined;
};

/** A secret of a client that was made, told this once: its digest alone is stored. */
export interface CreatedClient {
  readonly client: ClientRecord;
  /** Undefined for a client that keeps no secret, and for one whose secret was given. */
  readonly secret: string | undefined;
}

/** A secret that was added by a rotation, and how long the others are good. */
export interface RotatedSecret {
  /** In clear, this once: its digest alone is stored. */
  readonly secret: string;
  /** When every other secret of the client has ended. */
  readonly othersEndAt: Date;
}

/**
 * The registered clients: create, find, list, change, disable, remove. All ways in keep the rules of a bootstrap file,
 * and every node hears of a change at once.
 */
@Injectable()
export class Clients {
  constructor(
    private readonly repository: ClientRepository,
    private readonly records: ClientRecords,
    private readonly rules: RegistrationRules,
    private readonly uses: SecretUses,
    private readonly declared: DeclaredClients,
    private readonly sql: PreparedSql,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /**
   * Registers a new client. Where its authentication method needs a secret and none is given, one of 256 random bits is
   * made. Raises InvalidClientMetadataError with all that is wrong, and for an id that is taken.
   */
  async create({ client_id: clientId = randomText(), ...members }: NewClient): Promise<CreatedClient> {
    const { token_endpoint_auth_method: method = 'client_secret_basic' } = members;
    const isGiven = members.client_secret !== undefined || members.client_secrets !== undefined;
    const secret = !isGiven && String(method).startsWith('client_secret_') ? newSecret() : undefined;
    const entry = { ...members, client_id: clientId, ...(secret !== undefined && { client_secret: secret }) };
    const { metadata, secrets } = this.#checked(entry);
    const client = await this.sql.transaction(async (transaction) => {
      const isNew = await this.records.create(clientId, metadata, transaction);
      if (!isNew)
        throw new InvalidClientMetadataError({ description: `client_id ${clientId} is taken; choose another` });
      for (const each of secrets) await this.records.addSecret(clientId, digestOf(each), transaction);
      return this.#locked(clientId, transaction);
    });
    this.events.emit({ type: 'client.changed', clientId });
    return { client, secret };
  }

  /**
   * Stores a client with exactly these secrets, in place of what is stored under its id. Nothing is written where nothing
   * differs. Raises InvalidClientMetadataError with all that is wrong.
   */
  async register(client: ClientRegistrationInput): Promise<void> {
    const { clientId, metadata, secrets } = this.#checked(client);
    const isChanged = await this.repository.save(clientId, metadata, secrets.map(digestOf));
    if (isChanged) this.events.emit({ type: 'client.changed', clientId });
  }

  /** The client of this id, disabled or not; undefined where none is registered. */
  async find(clientId: string): Promise<ClientRecord | undefined> {
    await this.uses.write();
    return clientId.includes('\0') ? undefined : this.records.find(clientId);
  }

  /** One page of all clients, disabled ones included, in the order of their ids. */
  async list(request: ListRequest = {}): Promise<ListPage<ClientRecord>> {
    await this.uses.write();
    return this.records.list(request);
  }

  /**
   * Changes some members and keeps the others; undefined where no such client is registered. Where one of grant_types and
   * response_types changes alone, the other follows. A client that changes to the authentication method none loses its
   * secrets. Secrets that are given replace all others. Raises InvalidClientMetadataError with all that is wrong, and for
   * a client of a bootstrap file or of the option `clients`.
   */
  async update(clientId: string, changes: ClientChanges): Promise<ClientRecord | undefined> {
    this.#refuseDeclared(clientId);
    const { record, isChanged } = await this.sql.transaction(async (transaction) => {
      const stored = await this.records.lock(clientId, transaction);
      if (stored === undefined) return { record: undefined, isChanged: false };
      const isChanged = await this.#change(stored, changes, transaction);
      return { record: await this.records.find(clientId, transaction), isChanged };
    });
    if (isChanged) this.events.emit({ type: 'client.changed', clientId });
    return record;
  }

  /**
   * Adds a secret. The others stay good for a while, so that the client can change to the new one without a moment of
   * refusal: for `overlapSeconds`, a day by default, or until they end anyway. Undefined where no
   * such client is registered. Raises InvalidClientMetadataError for a client that authenticates without a secret, and for
   * one of a bootstrap file or of the option `clients`, which would have the secrets from there again at the next start.
   */
  async rotateSecret(
    clientId: string,
    { overlapSeconds = DAY_SECONDS }: { readonly overlapSeconds?: number } = {},
  ): Promise<RotatedSecret | undefined> {
    if (!(overlapSeconds >= 0)) throw new RangeError(`overlapSeconds is ${overlapSeconds}; give 0 or more`);
    this.#refuseDeclared(clientId);
    const secret = newSecret();
    const now = this.clock.now();
    const othersEndAt = secondsAfter(now, overlapSeconds);
    const isThere = await this.sql.transaction(async (transaction) => {
      const stored = await this.records.lock(clientId, transaction);
      if (stored === undefined) return false;
      const method = stored.metadata.token_endpoint_auth_method;
      if (!method.startsWith('client_secret_')) {
        const description = `The client authenticates by ${method}; change token_endpoint_auth_method to client_secret_basic first`;
        throw new InvalidClientMetadataError({ description });
      }
      await this.records.rotate(clientId, digestOf(secret), now, othersEndAt, transaction);
      return true;
    });
    if (!isThere) return undefined;
    this.events.emit({ type: 'client.secret_rotated', clientId });
    return { secret, othersEndAt };
  }

  /**
   * Removes a secret at once, for example one that leaked; false where the client has none of this id. Raises
   * InvalidClientMetadataError for the only secret by which a client can authenticate, and for a client of a bootstrap
   * file or of the option `clients`.
   */
  async removeSecret(clientId: string, secretId: string): Promise<boolean> {
    this.#refuseDeclared(clientId);
    const now = this.clock.now();
    const isRemoved = await this.sql.transaction(async (transaction) => {
      const stored = await this.records.lock(clientId, transaction);
      if (stored === undefined) return false;
      const others = stored.secrets.filter(({ id, expiresAt }) => id !== secretId && (expiresAt ?? now) >= now);
      if (others.length === 0 && stored.metadata.token_endpoint_auth_method.startsWith('client_secret_')) {
        throw new InvalidClientMetadataError({
          description: 'This is the last secret; rotate it, or disable the client',
        });
      }
      return this.records.removeSecret(clientId, secretId, transaction);
    });
    if (isRemoved) this.events.emit({ type: 'client.changed', clientId });
    return isRemoved;
  }

  /** Takes a client out of use and ends its tokens, on every node; false where none of this id is in use. */
  async disable(clientId: string): Promise<boolean> {
    const isChanged = await this.records.disable(clientId);
    if (isChanged) this.events.emit({ type: 'client.disabled', clientId });
    return isChanged;
  }

  /** Takes a disabled client into use again; its earlier tokens stay over. False where none of this id is disabled. */
  async enable(clientId: string): Promise<boolean> {
    const isChanged = await this.records.enable(clientId);
    if (isChanged) this.events.emit({ type: 'client.enabled', clientId });
    return isChanged;
  }

  /**
   * Removes a client and its secrets for good and ends its tokens; false where none of this id is registered. Raises
   * InvalidClientMetadataError for a client of a bootstrap file or of the option `clients`, which is to be taken out there
   * first.
   */
  async remove(clientId: string): Promise<boolean> {
    this.#refuseDeclared(clientId);
    const isRemoved = await this.records.remove(clientId);
    if (isRemoved) this.events.emit({ type: 'client.removed', clientId });
    return isRemoved;
  }

  async #change(stored: ClientRecord, changes: ClientChanges, transaction: Transaction): Promise<boolean> {
    const { clientId, metadata } = stored;
    const { grant_types, response_types, ...kept } = metadata;
    const isTypeChanged = 'grant_types' in changes || 'response_types' in changes;
    const merged = { ...(isTypeChanged ? kept : metadata), ...changes };
    const areSecretsGiven = changes.client_secret !== undefined || changes.client_secrets !== undefined;
    const isPublic = merged.token_endpoint_auth_method === 'none';
    // The ids stand for the stored secrets, which nobody knows in clear.
    const standIns = isPublic || areSecretsGiven ? {} : { client_secrets: stored.secrets.map(({ id }) => id) };
    const entry = Object.fromEntries(
      Object.entries({ ...merged, ...standIns }).filter(([, value]) => value !== undefined),
    );
    const registration = this.#checked({ ...entry, client_id: clientId });
    if (isPublic || areSecretsGiven)
      return this.repository.save(clientId, registration.metadata, registration.secrets.map(digestOf), transaction);
    return this.records.update(clientId, registration.metadata, transaction);
  }

  /** A change that the next start would take back is none. A client may still be disabled, which a start leaves alone. */
  #refuseDeclared(clientId: string): void {
    if (!this.declared.has(clientId)) return;
    throw new InvalidClientMetadataError({
      description:
        `${clientId} and its secrets come from the bootstrap file or the option clients, and are the same again at the next ` +
        'start; change them there (a new secret is listed beside the old one first), or disable the client',
    });
  }

  async #locked(clientId: string, transaction: Transaction): Promise<ClientRecord> {
    return (await this.records.find(clientId, transaction)) as ClientRecord;
  }

  #checked(client: ClientRegistrationInput): ClientRegistration {
    const unstorable = findUnstorable(client);
    if (unstorable !== undefined) {
      const description = `${unstorable.join('.')} has a NUL or half a surrogate pair, which cannot be stored`;
      throw new InvalidClientMetadataError({ description });
    }
    const { data, error } = clientRegistration.safeParse(client);
    const { checked, faults } =
      data === undefined
        ? { checked: undefined, faults: error.issues.map(({ path, message }) => ({ path, problem: message })) }
        : this.rules.check(data);
    if (checked === undefined) throw new InvalidClientMetadataError({ description: toldFaults(faults) });
    return checked;
  }
}

/** The prefix lets secret scanners know what they found. */
function newSecret(): string {
  return `gate_cs_${randomText()}`;
}
