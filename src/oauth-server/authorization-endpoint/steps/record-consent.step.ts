import { Injectable } from '@nestjs/common';
import { AuthorizationRepository } from '../../storage/authorization.repository.js';
import { Answer } from '../answer.js';
import { type ConsentRequest, ConsentScreen } from '../consent/consent-screen.js';
import type { Step } from '../step.js';

/** Records what the end user allowed; who was not the one shown the page is shown it anew, and nothing is recorded. */
@Injectable()
export class RecordConsentStep implements Step {
  constructor(
    private readonly authorizations: AuthorizationRepository,
    private readonly screen: ConsentScreen,
  ) {}

  async run(request: ConsentRequest): Promise<{ authorizationId: string } | Answer> {
    const { client, endUser, granted, shownTo } = request;
    if (shownTo === endUser.subject) {
      return { authorizationId: await this.authorizations.allow(endUser.subject, client.id, granted.scopes) };
    }
    const held = await this.authorizations.find(endUser.subject, client.id);
    const view = { alreadyAllowed: held?.scopes ?? [], isForAnother: true };
    return this.screen.show(request, view, 403);
  }
}
