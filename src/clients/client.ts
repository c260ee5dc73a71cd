import { timingSafeEqual } from 'node:crypto';
import { digestOf } from '../common/crypto/random-token.js';
import { displayName } from '../common/display-name.js';
import { isLoopbackAddress, isPrivateUse } from '../common/http/redirect-uri.js';
import { parseScope } from '../common/scope.js';
import type { ClientMetadata } from './metadata/client-metadata.js';

/** A live secret of a client. The digest alone is kept. */
export interface ClientSecret {
  /** SHA-256 of the secret. */
  readonly digest: Buffer;
  /** When the secret ends; undefined for one that is good until it is removed. */
  readonly expiresAt: Date | undefined;
}

/** A registered client (RFC 6749 section 2): immutable, held in memory, replaced whole when its row changes. */
export class Client {
  /** The scopes that the client may ask for. */
  readonly scopes: readonly string[];

  constructor(
    readonly id: string,
    readonly metadata: ClientMetadata,
    readonly secrets: readonly ClientSecret[],
    private readonly noteUse?: (secret: ClientSecret, at: Date) => void,
  ) {
    this.scopes = parseScope(metadata.scope);
  }

  /** The name that end users are shown. It is fit to stand in a sentence of ours, whatever the client calls itself. */
  get name(): string {
    return displayName(this.metadata.client_name ?? '') || this.id;
  }

  /** True for a client that cannot keep a secret (RFC 6749 section 2.1). */
  get isPublic(): boolean {
    return this.metadata.token_endpoint_auth_method === 'none';
  }

  /**
   * True for a program on the end user's device (RFC 8252), which another program there can pretend to be. These are
   * clients of application_type native, clients with a private-use scheme, and clients with a loopback IP address that
   * do not say they are web clients. The name localhost tells nothing, because web clients in development use it.
   */
  get isNative(): boolean {
    const { application_type: type, redirect_uris: redirectUris } = this.metadata;
    if (type === 'native' || redirectUris.some(isPrivateUse)) return true;
    return type === undefined && redirectUris.some(isLoopbackAddress);
  }

  /** True when the client lists the grant type. */
  mayUseGrant(grantType: string): boolean {
    return this.metadata.grant_types.includes(grantType);
  }

  /** True when the client lists the response type, whose words may stand in any order (RFC 6749 section 3.1.1). */
  mayUseResponseType(responseType: string): boolean {
    const sorted = sortedResponseType(responseType);
    return this.metadata.response_types.some((listed) => sortedResponseType(listed) === sorted);
  }

  /** True when the text is one of the live secrets, whose last use is noted. Compares in constant time. */
  hasSecret(secret: string, now: Date): boolean {
    const digest = digestOf(secret);
    const match = this.secrets.find(
      ({ digest: stored, expiresAt }) =>
        (expiresAt === undefined || expiresAt > now) &&
        stored.length === digest.length &&
        timingSafeEqual(stored, digest),
    );
    if (match !== undefined) this.noteUse?.(match, now);
    return match !== undefined;
  }
}

/** A response type with its words in alphabetical order, so that `id_token code` is found as `code id_token`. */
export function sortedResponseType(responseType: string): string {
  return responseType.split(' ').sort().join(' ');
}
