import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { FormParameters } from '../../common/http/form-parameters.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import type { ClientOnDisplay, SignInRequest } from '../../users/session/end-user-session.js';

/**
 * The length of the longest e-mail address (RFC 5321 section 4.5.3.1.3). A longer hint would only make the URL too
 * long.
 */
const MAX_HINT_LENGTH = 254;
const REASONS: readonly string[] = ['sign-in', 'reauthenticate', 'select-account'] satisfies SignInRequest['reason'][];

/** The content of the address of the sign-in page. */
export interface SignInLinkContent extends SignInRequest {
  /** True when the end user chose to sign in with another account than the one that is signed in. */
  readonly asAnother: boolean;
}

/**
 * Writes and reads the address of the sign-in page. The way back is held to paths of this server, and what is shown of
 * the client is sealed, so that nobody can make a link by which our page names a client that does not ask.
 */
@Injectable()
export class SignInLink {
  constructor(
    private readonly paths: Paths,
    private readonly keys: KeyRing,
  ) {}

  /** The path and query of the sign-in page for this request. */
  to(signInRequest: SignInRequest & Partial<SignInLinkContent>): string {
    return `${this.paths.to(ROUTES.signIn)}?${this.#query(signInRequest)}`;
  }

  /** The address to post to when the end user goes on with the account that is signed in. */
  toContinue(signInRequest: SignInRequest): string {
    return `${this.paths.to(ROUTES.continueSignIn)}?${this.#query(signInRequest)}`;
  }

  #query(signInRequest: SignInRequest & Partial<SignInLinkContent>): URLSearchParams {
    const { returnTo, reason, loginHint, client, uiLocales, asAnother = false } = signInRequest;
    const query = new URLSearchParams({ return_to: returnTo, reason });
    if (loginHint !== undefined && loginHint.length <= MAX_HINT_LENGTH) query.set('login_hint', loginHint);
    if (client !== undefined) query.set('client', this.keys.sealJson(client, contextOf(returnTo)));
    if (uiLocales !== undefined && uiLocales.length <= MAX_HINT_LENGTH) query.set('ui_locales', uiLocales);
    if (asAnother) query.set('account', 'another');
    return query;
  }

  /**
   * Reads the address of a request. Members that are missing or not made by this server take their defaults: a plain
   * sign-in that ends at the start page.
   */
  read(request: Request): SignInLinkContent {
    const parameters = FormParameters.parseQuery(request);
    const home = this.paths.home;
    const given = parameters.get('return_to') ?? home;
    const returnTo = this.paths.owns(given) ? given : home;
    const reason = parameters.get('reason');
    const client = parameters.get('client');
    return {
      returnTo,
      reason: isReason(reason) ? reason : 'sign-in',
      loginHint: parameters.get('login_hint'),
      client: client === undefined ? undefined : this.keys.openJson<ClientOnDisplay>(client, contextOf(returnTo)),
      uiLocales: parameters.get('ui_locales'),
      asAnother: parameters.get('account') === 'another',
    };
  }
}

function contextOf(returnTo: string): string {
  return `sign-in client:${returnTo}`;
}

function isReason(text: string | undefined): text is SignInRequest['reason'] {
  return text !== undefined && REASONS.includes(text);
}
