import { Injectable } from '@nestjs/common';
import { ClientRegistry } from '../../../clients/client-registry.js';
import { FormParameters } from '../../../common/http/form-parameters.js';
import { Answer } from '../answer.js';
import { requestExpiredPage } from '../request-expired.page.js';
import { type RequestInProgress, SealedRequests } from '../sealed-requests.js';
import type { Incoming, Step } from '../step.js';

/**
 * Opens the sealed request that the end user comes back with. A request that is too old or altered ends on a page that
 * says how to go on.
 */
@Injectable()
export class OpenRequestStep implements Step {
  constructor(
    private readonly sealed: SealedRequests,
    private readonly clients: ClientRegistry,
  ) {}

  async run({ request }: Incoming): Promise<RequestInProgress | Answer> {
    const sent: FormParameters = request.method === 'POST' ? request.body : FormParameters.parseQuery(request);
    const opened = this.sealed.open(sent.get('request') ?? '');
    request.uiLocales = opened?.parameters.get('ui_locales');
    if (opened !== undefined && !this.sealed.isTooOld(opened)) return opened;
    const client = await this.clients.find(opened?.parameters.get('client_id') ?? '');
    const model = { client: client && { name: client.name, homepage: client.metadata.client_uri } };
    return Answer.page(requestExpiredPage, model, 400);
  }
}
