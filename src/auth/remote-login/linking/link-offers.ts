import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { displayName } from '../../../common/display-name.js';
import { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import { Clock } from '../../../common/time/clock.js';
import { Pages } from '../../../ui/pages.js';
import { parseRemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import { labelOf } from '../../../users/user/user.js';
import { UserStore } from '../../../users/user/user-store.js';
import type { LoginAttempt } from '../flow/login-attempt.js';
import { LoginFailure } from '../login-failure.js';
import type { LinkableIdentity } from '../profile/remote-identity.js';
import type { RemoteApp } from '../remote-app.js';
import { linkAccountPage } from './link-account.page.js';

const LIFETIME_SECONDS = 600;
const PURPOSE = 'link offer';

/** An identity that the end user who is signed in may link to their account. */
interface LinkOffer {
  readonly userId: string;
  readonly app: string;
  readonly returnTo: string;
  readonly identity: Omit<LinkableIdentity, 'tokens'>;
  /** The tokens of the provider, as JSON. */
  readonly tokens: string;
  readonly endsAtMilliseconds: number;
}

/**
 * Asks the end user who is signed in before an identity that is new here is linked to their account. Without the
 * question, somebody who brings this browser to sign in at the provider with an account of their own would get into the
 * end user's account here. The offer travels sealed in the form.
 */
@Injectable()
export class LinkOffers {
  constructor(
    private readonly users: UserStore,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly pages: Pages,
    private readonly paths: Paths,
  ) {}

  /** Shows the question. */
  async show(request: Request, response: Response, attempt: LoginAttempt, identity: LinkableIdentity, userId: string) {
    const { app, returnTo } = attempt;
    const user = await this.users.findById(userId);
    const { tokens, issuer, subject, claims, verifiedEmail } = identity;
    const endsAtMilliseconds = this.clock.now().getTime() + LIFETIME_SECONDS * 1000;
    const offer: LinkOffer = {
      userId,
      app: app.name,
      returnTo,
      identity: { issuer, subject, claims, verifiedEmail },
      tokens: JSON.stringify(tokens),
      endsAtMilliseconds,
    };
    this.pages.show(request, response, linkAccountPage, {
      action: this.paths.to(ROUTES.linkAccount, { provider: app.name }),
      offer: this.keys.sealJson(offer, PURPOSE),
      providerLabel: app.label,
      remoteLabel: displayName(String(claims.preferred_username ?? claims.name ?? subject)),
      accountLabel: user === undefined ? userId : labelOf(user),
      returnTo,
    });
  }

  /**
   * The offer in the form that this end user sent. Raises LoginFailure: flow_unknown when the offer was made to
   * somebody else, flow_expired after ten minutes.
   */
  open(
    app: RemoteApp,
    sealed: string,
    userId: string | undefined,
  ): { attempt: LoginAttempt; identity: LinkableIdentity } {
    const offer = this.keys.openJson<LinkOffer>(sealed, PURPOSE);
    if (offer === undefined || offer.userId !== userId || offer.app !== app.name) {
      const attempt = { app, returnTo: this.paths.home };
      throw new LoginFailure('flow_unknown', attempt, 'the offer is not for whoever is signed in');
    }
    const attempt = { app, returnTo: offer.returnTo };
    if (this.clock.now().getTime() > offer.endsAtMilliseconds) {
      throw new LoginFailure('flow_expired', attempt, 'the offer has expired');
    }
    return { attempt, identity: { ...offer.identity, tokens: parseRemoteTokens(offer.tokens) } };
  }
}
