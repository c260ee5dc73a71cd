import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { ClientRegistry } from '../../../clients/client-registry.js';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { Step } from '../step.js';

/** Finds the client; an unknown one is told on a page, never by a redirect (RFC 6749 section 4.1.2.1). */
@Injectable()
export class CheckClientStep implements Step {
  constructor(private readonly clients: ClientRegistry) {}

  async run({ parameters }: { parameters: FormParameters }): Promise<{ client: Client }> {
    const clientId = parameters.get('client_id');
    if (clientId === undefined) throw new InvalidRequestError({ description: 'The parameter client_id is missing' });
    const client = await this.clients.find(clientId);
    if (client === undefined) {
      throw new InvalidRequestError({
        description: 'No client is registered here under this client_id',
        detail: `Unknown client ${JSON.stringify(clientId.slice(0, 100))}`,
      });
    }
    return { client };
  }
}
