import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import { InvalidClientError } from '../../common/errors/rfc6749.errors.js';
import { Clock } from '../../common/time/clock.js';
import { type ClientAuthenticator, ClientAuthMethod, type PresentedCredentials } from './client-auth-method.js';

/** A client password (RFC 6749 section 2.3.1). */
export interface ClientIdAndSecret extends PresentedCredentials {
  readonly secret: string;
}

/** `client_secret_basic`: HTTP Basic whose two halves are form-url-encoded first (RFC 6749 section 2.3.1). */
@Injectable()
@ClientAuthMethod('client_secret_basic')
export class ClientSecretBasicMethod implements ClientAuthenticator<ClientIdAndSecret> {
  constructor(private readonly clock: Clock) {}

  read(request: Request): ClientIdAndSecret | undefined {
    const [scheme = '', encoded = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme.toLowerCase() !== 'basic') return undefined;
    const text = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64').toString('utf8') : '';
    const colon = text.indexOf(':');
    const clientId = decode(text.slice(0, Math.max(colon, 0)));
    const secret = decode(text.slice(colon + 1));
    if (clientId === '' || secret === '') {
      throw new InvalidClientError({
        description:
          'The Basic credentials are not base64 of client_id:client_secret, each form-url-encoded and not empty',
      });
    }
    return { clientId, secret };
  }

  verify(client: Client, { secret }: ClientIdAndSecret): boolean {
    return client.hasSecret(secret, this.clock.now());
  }
}

/** Empty for a broken percent-encoding. */
function decode(half: string): string {
  try {
    return decodeURIComponent(half.replaceAll('+', ' '));
  } catch {
    return '';
  }
}
