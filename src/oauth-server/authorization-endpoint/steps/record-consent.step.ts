import { Injectable } from '@nestjs/common';
import { Events } from '../../../common/events/events.js';
import { AuthorizationRepository } from '../../storage/authorization.repository.js';
import { Answer } from '../answer.js';
import { type ConsentRequest, ConsentScreen } from '../consent/consent-screen.js';
import type { Step } from '../step.js';

/** Records the consent. Where another end user was shown the page, nothing is recorded and the page is shown anew. */
@Injectable()
export class RecordConsentStep implements Step {
  constructor(
    private readonly authorizations: AuthorizationRepository,
    private readonly screen: ConsentScreen,
    private readonly events: Events,
  ) {}

  async run(request: ConsentRequest): Promise<{ authorizationId: string } | Answer> {
    const { client, endUser, granted, shownTo } = request;
    if (shownTo === endUser.subject) {
      const { scopes } = granted;
      const authorizationId = await this.authorizations.allow(endUser.subject, client.id, scopes);
      const asked = { clientId: client.id, subject: endUser.subject, authorizationId, scopes };
      this.events.emit({ type: 'consent.given', ...asked });
      return { authorizationId };
    }
    const held = await this.authorizations.find(endUser.subject, client.id);
    const view = { alreadyAllowed: held?.scopes ?? [], isForAnother: true };
    return this.screen.show(request, view, 403);
  }
}
