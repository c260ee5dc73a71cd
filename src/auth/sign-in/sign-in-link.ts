import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { FormParameters } from '../../common/http/form-parameters.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import type { SignInRequest } from '../../users/session/end-user-session.js';

/** No e-mail address is longer (RFC 5321 section 4.5.3.1.3); a longer hint would only make the address too long. */
const MAX_HINT_LENGTH = 254;
const REASONS: readonly string[] = ['sign-in', 'reauthenticate', 'select-account'] satisfies SignInRequest['reason'][];

/** What the address of the sign-in page says. */
export interface SignInLinkContent extends SignInRequest {
  /** The end user chose to sign in as somebody other than who is signed in. */
  readonly asAnother: boolean;
}

/**
 * Writes and reads the address of the sign-in page. The way back is held to paths of this server, and the client's name
 * is sealed, so that nobody can make a link that lets our page speak of a client that does not ask.
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

  /** Where to post that the end user goes on as who is signed in. */
  toContinue(signInRequest: SignInRequest): string {
    return `${this.paths.to(ROUTES.continueSignIn)}?${this.#query(signInRequest)}`;
  }

  #query(signInRequest: SignInRequest & Partial<SignInLinkContent>): URLSearchParams {
    const { returnTo, reason, loginHint, clientName, uiLocales, asAnother = false } = signInRequest;
    const query = new URLSearchParams({ return_to: returnTo, reason });
    if (loginHint !== undefined && loginHint.length <= MAX_HINT_LENGTH) query.set('login_hint', loginHint);
    if (clientName !== undefined) query.set('client', this.keys.sealJson(clientName, contextOf(returnTo)));
    if (uiLocales !== undefined && uiLocales.length <= MAX_HINT_LENGTH) query.set('ui_locales', uiLocales);
    if (asAnother) query.set('account', 'another');
    return query;
  }

  /** Reads a request's address; whatever is missing or not ours counts as a plain sign-in that ends at the start page. */
  read(request: Request): SignInLinkContent {
    const parameters = FormParameters.parseQuery(request);
    const home = this.paths.to(ROUTES.home);
    const given = parameters.get('return_to') ?? home;
    const returnTo = this.paths.owns(given) ? given : home;
    const reason = parameters.get('reason');
    const client = parameters.get('client');
    return {
      returnTo,
      reason: isReason(reason) ? reason : 'sign-in',
      loginHint: parameters.get('login_hint'),
      clientName: client && this.keys.openJson<string>(client, contextOf(returnTo)),
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
