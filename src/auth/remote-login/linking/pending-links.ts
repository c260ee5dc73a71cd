import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { randomText } from '../../../common/crypto/random-token.js';
import { FormParameters } from '../../../common/http/form-parameters.js';
import { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import { Pages } from '../../../ui/pages.js';
import { parseRemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import { EndUserSession } from '../../../users/session/end-user-session.js';
import type { GivenAnswer } from '../flow/answered-callbacks.js';
import type { LoginAttempt } from '../flow/login-attempt.js';
import { LoginFlows, type TakenFlow } from '../flow/login-flows.js';
import type { LinkableIdentity } from '../profile/remote-identity.js';
import type { RemoteApp } from '../remote-app.js';
import { linkFirstPage } from './link-first.page.js';

/**
 * Identities whose e-mail address has an account here, and which are linked once the end user has proved that it is
 * theirs. An address alone never gets anybody into an account. The identity waits in the memory of flows, bound to this
 * browser.
 */
@Injectable()
export class PendingLinks {
  constructor(
    private readonly flows: LoginFlows,
    private readonly endUsers: EndUserSession,
    private readonly pages: Pages,
    private readonly paths: Paths,
  ) {}

  /** Shows the page that says so, with the way to sign in, from which the end user comes back to be linked. */
  async show(
    request: Request,
    response: Response,
    attempt: LoginAttempt,
    identity: LinkableIdentity,
    email: string,
  ): Promise<void> {
    const { app, returnTo } = attempt;
    const handle = randomText();
    const { tokens, ...who } = identity;
    const secrets = { identity: JSON.stringify(who), tokens: JSON.stringify(tokens) };
    await this.flows.begin(request, response, attempt, handle, secrets);
    const comeBackTo = `${this.paths.to(ROUTES.linkAccount, { provider: app.name })}?pending=${handle}`;
    this.pages.show(request, response, linkFirstPage, {
      email,
      providerLabel: app.label,
      signInHref: this.endUsers.signInUrl({ returnTo: comeBackTo, reason: 'sign-in', loginHint: email }),
      returnTo,
    });
  }

  /** The identity that waits, once, or what the browser was given for it before. Raises LoginFailure: flow_unknown, flow_expired. */
  async take(
    request: Request,
    response: Response,
    app: RemoteApp,
    handle: string | undefined,
  ): Promise<(Omit<TakenFlow, 'secrets'> & { readonly identity: LinkableIdentity }) | { readonly given: GivenAnswer }> {
    const taken = await this.flows.take(request, response, app, handle, FormParameters.parseQuery(request));
    if ('given' in taken) return taken;
    const { attempt, secrets, answer } = taken;
    const who = JSON.parse(secrets.identity ?? '{}') as Omit<LinkableIdentity, 'tokens'>;
    return { attempt, answer, identity: { ...who, tokens: parseRemoteTokens(secrets.tokens ?? '{}') } };
  }
}
