import { Injectable } from '@nestjs/common';
import { Events } from '../../../common/events/events.js';
import { scopesBeyond } from '../../../common/scope.js';
import { AuthorizationRepository } from '../../storage/authorization.repository.js';
import { Answer } from '../answer.js';
import { type ConsentRequest, ConsentScreen } from '../consent/consent-screen.js';
import type { Step } from '../step.js';

/**
 * Records the consent. Where another end user was shown the page, or the page did not show all that is granted now,
 * nothing is recorded and the page is shown anew.
 */
@Injectable()
export class RecordConsentStep implements Step {
  constructor(
    private readonly authorizations: AuthorizationRepository,
    private readonly screen: ConsentScreen,
    private readonly events: Events,
  ) {}

  async run(request: ConsentRequest): Promise<{ authorizationId: string } | Answer> {
    const { client, endUser, granted, shown } = request;
    const { scopes } = granted;
    const isForAnother = shown?.to !== endUser.subject;
    if (!isForAnother && scopesBeyond(scopes, shown.scopes).length === 0) {
      const authorizationId = await this.authorizations.allow(endUser.subject, client.id, scopes);
      const asked = { clientId: client.id, subject: endUser.subject, authorizationId, scopes };
      this.events.emit({ type: 'consent.given', ...asked });
      return { authorizationId };
    }
    const held = await this.authorizations.find(endUser.subject, client.id);
    return this.screen.show(request, { alreadyAllowed: held?.scopes ?? [], isForAnother }, 403);
  }
}
