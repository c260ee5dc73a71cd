import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { Clock } from '../../common/time/clock.js';
import { type ClientAuthenticator, ClientAuthMethod, type PresentedCredentials } from './client-authentication.js';

/** A client password (RFC 6749 section 2.3.1). */
interface PostedSecret extends PresentedCredentials {
  readonly secret: string;
}

/** `client_secret_post`: the client password as parameters of the body (RFC 6749 section 2.3.1). */
@Injectable()
@ClientAuthMethod('client_secret_post')
export class ClientSecretPostMethod implements ClientAuthenticator<PostedSecret> {
  constructor(private readonly clock: Clock) {}

  read(_request: Request, parameters: FormParameters): PostedSecret | undefined {
    const secret = parameters.get('client_secret');
    if (secret === undefined) return undefined;
    return { clientId: parameters.get('client_id') ?? '', secret };
  }

  verify(client: Client, { secret }: PostedSecret): boolean {
    return client.hasSecret(secret, this.clock.now());
  }
}
