import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import { Clock } from '../../common/time/clock.js';
import { readBasicCredentials } from './basic-credentials.js';
import { type ClientAuthenticator, ClientAuthMethod, type PresentedCredentials } from './client-auth-method.js';

/** A client password by HTTP Basic, in every way in which it can be meant. */
interface BasicSecret extends PresentedCredentials {
  readonly secrets: readonly string[];
}

/**
 * `client_secret_basic`: HTTP Basic whose two halves are form-url-encoded first (RFC 6749 section 2.3.1). Many clients,
 * `curl -u` among them, leave the encoding out, so a secret is also tried as it was sent where decoding changes it.
 */
@Injectable()
@ClientAuthMethod('client_secret_basic')
export class ClientSecretBasicMethod implements ClientAuthenticator<BasicSecret> {
  constructor(private readonly clock: Clock) {}

  /** The secret of a request. An empty secret counts as no secret, and is left to the method `none`. */
  read(request: Request): BasicSecret | undefined {
    const credentials = readBasicCredentials(request);
    return credentials === undefined || credentials.secrets.length === 0 ? undefined : credentials;
  }

  verify(client: Client, { secrets }: BasicSecret): boolean {
    const now = this.clock.now();
    return secrets.some((secret) => client.hasSecret(secret, now));
  }
}
