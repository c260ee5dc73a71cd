import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { displayName } from '../../../common/display-name.js';
import { ScopeRegistry } from '../../../scopes/scope-registry.js';
import { EndUserSession, type SignedInEndUser } from '../../../users/session/end-user-session.js';
import { labelOf } from '../../../users/user/user.js';
import { UserStore } from '../../../users/user/user-store.js';
import type { GrantedAccess } from '../../storage/granted-access.js';
import { Answer } from '../answer.js';
import { onDisplay } from '../client-on-display.js';
import { type RequestInProgress, SealedRequests } from '../sealed-requests.js';
import { type Incoming, interactionOf } from '../step.js';
import { consentPage } from './consent.page.js';
import { destinationOf } from './destination.js';

/** A request of a client that an end user is asked to allow. */
export interface ConsentRequest extends Incoming, RequestInProgress {
  readonly client: Client;
  readonly redirectUri: string;
  readonly granted: GrantedAccess;
  readonly endUser: SignedInEndUser;
}

/** The scopes that were allowed before, and whose page the form came from. */
export interface EarlierConsent {
  readonly alreadyAllowed: readonly string[];
  /** True when the form came from a page that another end user was shown. */
  readonly isForAnother?: boolean;
}

/** Shows the consent page. The form is sealed to the end user who is shown the page. */
@Injectable()
export class ConsentScreen {
  constructor(
    private readonly users: UserStore,
    private readonly registry: ScopeRegistry,
    private readonly sealed: SealedRequests,
    private readonly session: EndUserSession,
  ) {}

  /** The page, for the end user who is signed in now. */
  async show(
    request: ConsentRequest,
    { alreadyAllowed, isForAnother = false }: EarlierConsent,
    status = 200,
  ): Promise<Answer> {
    const { parameters, startedAt, client, endUser, endpoint, granted } = request;
    const { metadata } = client;
    const display = onDisplay(client);
    const { name, publisher, logo } = display;
    const user = await this.users.findById(endUser.subject);
    const model = {
      clientName: name,
      publisher,
      logo,
      homepage: metadata.client_uri,
      policy: metadata.policy_uri,
      terms: metadata.tos_uri,
      destination: destinationOf(request.redirectUri),
      accountLabel: user === undefined ? endUser.subject : displayName(labelOf(user)),
      switchHref: this.session.signInUrl({
        returnTo: this.sealed.resumePath({ parameters, startedAt }, endpoint),
        reason: 'select-account',
        client: display,
        uiLocales: parameters.get('ui_locales'),
      }),
      scopes: granted.scopes.map((scope) => ({
        sentence: this.registry.describe(scope),
        isNew: !alreadyAllowed.includes(scope),
      })),
      isForAnother,
      action: interactionOf(endpoint).decision,
      sealedRequest: this.sealed.seal({
        parameters,
        startedAt,
        shown: { to: endUser.subject, scopes: granted.scopes },
      }),
    };
    return Answer.page(consentPage, model, status);
  }
}
