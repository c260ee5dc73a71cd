import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { type ClientAuthenticator, ClientAuthMethod, type PresentedCredentials } from './client-auth-method.js';

/** `none`: a public client only says who it is (RFC 6749 section 3.2.1); a confidential one must prove it. */
@Injectable()
@ClientAuthMethod('none')
export class NoneMethod implements ClientAuthenticator {
  read(_request: Request, parameters: FormParameters): PresentedCredentials | undefined {
    const clientId = parameters.get('client_id');
    return clientId === undefined ? undefined : { clientId };
  }

  verify(client: Client): boolean {
    return client.isPublic;
  }
}
