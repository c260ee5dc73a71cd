import { Injectable } from '@nestjs/common';
import { ConsentRequiredError, InteractionRequiredError } from '../../../common/errors/openid.errors.js';
import { scopesBeyond } from '../../../common/scope.js';
import { AuthorizationRepository } from '../../storage/authorization.repository.js';
import { Answer } from '../answer.js';
import { type ConsentRequest, ConsentScreen } from '../consent/consent-screen.js';
import type { Step } from '../step.js';
import type { Prompt } from './check-prompt.step.js';

/**
 * Has the end user allow what was not allowed before; all of it again for prompt=consent, nothing for a client that is
 * the operator's own. A public client on the end user's device has to ask each time, the operator's own too, since any
 * program there can send its request (RFC 8252 section 8.6). Where prompt=none forbids asking, raises
 * ConsentRequiredError (OpenID Connect Core section 3.1.2.4), or InteractionRequiredError for such a client.
 */
@Injectable()
export class RequireConsentStep implements Step {
  constructor(
    private readonly authorizations: AuthorizationRepository,
    private readonly screen: ConsentScreen,
  ) {}

  async run(request: ConsentRequest & { prompts: ReadonlySet<Prompt> }): Promise<{ authorizationId: string } | Answer> {
    const { client, endUser, granted, prompts } = request;
    const { scopes } = granted;
    const held = await this.authorizations.find(endUser.subject, client.id);
    const asksEachTime = client.isPublic && client.isNative;
    if (!prompts.has('consent') && !asksEachTime) {
      if (held !== undefined && scopesBeyond(scopes, held.scopes).length === 0) return { authorizationId: held.id };
      if (client.metadata.first_party) {
        return { authorizationId: await this.authorizations.allow(endUser.subject, client.id, scopes) };
      }
    }
    if (prompts.has('none') && asksEachTime) {
      throw new InteractionRequiredError({
        description:
          'Another program could pretend to be this one, so the end user is asked each time (RFC 8252 section 8.6)',
      });
    }
    if (prompts.has('none')) {
      throw new ConsentRequiredError({ description: 'The end user must allow this, and prompt=none forbids to ask' });
    }
    return this.screen.show(request, { alreadyAllowed: held?.scopes ?? [] });
  }
}
