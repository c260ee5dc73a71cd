import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import { InvalidClientError } from '../../common/errors/rfc6749.errors.js';
import { Clock } from '../../common/time/clock.js';
import { type ClientAuthenticator, ClientAuthMethod, type PresentedCredentials } from './client-authentication.js';

/** The two halves of HTTP Basic credentials (RFC 7617 section 2). */
export interface BasicCredentials extends PresentedCredentials {
  /**
   * The second half form-url-decoded, and also as it was sent where the two differ. An empty list for an empty half.
   */
  readonly secrets: readonly string[];
}

/**
 * `client_secret_basic`: HTTP Basic whose two halves are form-url-encoded first (RFC 6749 section 2.3.1). Many clients,
 * `curl -u` among them, leave the encoding out, so a secret is also tried as it was sent where decoding changes it.
 */
@Injectable()
@ClientAuthMethod('client_secret_basic')
export class ClientSecretBasicMethod implements ClientAuthenticator<BasicCredentials> {
  constructor(private readonly clock: Clock) {}

  /** The secret of a request. An empty secret counts as no secret, and is left to the method `none`. */
  read(request: Request): BasicCredentials | undefined {
    const credentials = readBasicCredentials(request);
    return credentials === undefined || credentials.secrets.length === 0 ? undefined : credentials;
  }

  verify(client: Client, { secrets }: BasicCredentials): boolean {
    const now = this.clock.now();
    return secrets.some((secret) => client.hasSecret(secret, now));
  }
}

/**
 * Reads the Basic credentials of a request; undefined where the request has none. Raises InvalidClientError for
 * credentials that are malformed or name no client.
 */
export function readBasicCredentials({ headers }: Request): BasicCredentials | undefined {
  const [scheme = '', encoded = ''] = (headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const text = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64').toString('utf8') : '';
  const colon = text.indexOf(':');
  const id = text.slice(0, Math.max(colon, 0));
  const clientId = decode(id) ?? id;
  if (clientId === '') {
    throw new InvalidClientError({
      description: 'The Basic credentials are not base64 of client_id:client_secret, each form-url-encoded',
    });
  }
  const sent = text.slice(colon + 1);
  const secrets = new Set([decode(sent) ?? sent, sent]);
  return { clientId, secrets: sent === '' ? [] : [...secrets] };
}

/** Decodes one half; undefined for a broken percent-encoding. */
function decode(half: string): string | undefined {
  try {
    return decodeURIComponent(half.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
