import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Client } from '../../clients/client.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { type ClientAuthenticator, ClientAuthMethod, type PresentedCredentials } from './client-authentication.js';
import { readBasicCredentials } from './client-secret-basic.method.js';

/**
 * `none`: a public client sends its `client_id` alone (RFC 6749 section 3.2.1). HTTP Basic with an empty secret counts
 * as well, because some libraries send a client without a secret so.
 */
@Injectable()
@ClientAuthMethod('none')
export class NoneMethod implements ClientAuthenticator {
  read(request: Request, parameters: FormParameters): PresentedCredentials | undefined {
    const basic = readBasicCredentials(request);
    const clientId = basic?.secrets.length === 0 ? basic.clientId : parameters.get('client_id');
    return clientId === undefined ? undefined : { clientId };
  }

  verify(client: Client): boolean {
    return client.isPublic;
  }
}
