import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { Clock } from '../../common/time/clock.js';
import { type ClientAuthenticator, ClientAuthMethod } from './client-auth-method.js';
import type { ClientIdAndSecret } from './client-secret-basic.method.js';

/** `client_secret_post`: the client password as parameters of the body (RFC 6749 section 2.3.1). */
@Injectable()
@ClientAuthMethod('client_secret_post')
export class ClientSecretPostMethod implements ClientAuthenticator<ClientIdAndSecret> {
  constructor(private readonly clock: Clock) {}

  read(_request: Request, parameters: FormParameters): ClientIdAndSecret | undefined {
    const secret = parameters.get('client_secret');
    if (secret === undefined) return undefined;
    return { clientId: parameters.get('client_id') ?? '', secret };
  }

  verify(client: Client, { secret }: ClientIdAndSecret): boolean {
    return client.hasSecret(secret, this.clock.now());
  }
}
