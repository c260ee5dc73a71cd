import type { Request } from 'express';
import { InvalidClientError } from '../../common/errors/rfc6749.errors.js';

/** The two halves of HTTP Basic credentials (RFC 7617 section 2). */
export interface BasicCredentials {
  readonly clientId: string;
  /** What the second half says form-url-decoded, and as it was sent where that differs; empty where it is empty. */
  readonly secrets: readonly string[];
}

/**
 * Reads the Basic credentials of a request; undefined where it has none. Raises InvalidClientError when they are
 * malformed or name no client.
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

/** Undefined for a broken percent-encoding. */
function decode(half: string): string | undefined {
  try {
    return decodeURIComponent(half.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
