import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { LoginRequiredError } from '../../../common/errors/openid.errors.js';
import { EndUserSession, type SignedInEndUser, type SignInRequest } from '../../../users/session/end-user-session.js';
import { Answer } from '../answer.js';
import { onDisplay } from '../client-on-display.js';
import { type RequestInProgress, SealedRequests } from '../sealed-requests.js';
import type { Incoming, Step } from '../step.js';
import type { Prompt } from './check-prompt.step.js';

/**
 * Has the end user sign in unless one is signed in well enough: recently for max_age, since the request began for
 * prompt=login, chosen since then for select_account, and the one of the id_token_hint (OpenID Connect Core sections
 * 3.1.2.1 and 3.1.2.3). Raises LoginRequiredError where prompt=none forbids asking.
 *
 * A form from another site comes without the session cookie, which is SameSite=Lax. So before a POST counts as one
 * without a session, the browser is sent round by GET.
 */
@Injectable()
export class RequireSignInStep implements Step {
  constructor(
    private readonly session: EndUserSession,
    private readonly sealed: SealedRequests,
  ) {}

  async run(context: Context): Promise<{ endUser: SignedInEndUser } | Answer> {
    const endUser = await this.session.current(context.request);
    const { parameters, startedAt, endpoint } = context;
    const resumePath = () => this.sealed.resumePath({ parameters, startedAt }, endpoint);
    if (endUser === undefined && context.request.method === 'POST') return Answer.redirect(resumePath());
    const reason = reasonToSignIn(context, endUser);
    if (endUser !== undefined && reason === undefined) return { endUser };
    if (context.prompts.has('none')) {
      throw new LoginRequiredError({ description: 'The end user must sign in, and prompt=none forbids to ask' });
    }
    const signInRequest: SignInRequest = {
      returnTo: resumePath(),
      reason: reason ?? 'sign-in',
      loginHint: parameters.get('login_hint'),
      client: onDisplay(context.client),
      uiLocales: parameters.get('ui_locales'),
    };
    return Answer.redirect(this.session.signInUrl(signInRequest));
  }
}

interface Context extends Incoming, RequestInProgress {
  readonly client: Client;
  readonly prompts: ReadonlySet<Prompt>;
  readonly maxAgeSeconds: number | undefined;
  readonly hintedUserId: string | undefined;
}

/**
 * The reason to sign in; undefined where the end user is signed in well enough. Age counts back from the start of the
 * request, so that time spent on our own pages does not count.
 */
function reasonToSignIn(context: Context, endUser: SignedInEndUser | undefined): SignInRequest['reason'] | undefined {
  const { prompts, startedAt, hintedUserId } = context;
  if (endUser === undefined) return 'sign-in';
  const isChosen = endUser.confirmedAt >= startedAt;
  if (prompts.has('select_account') && !isChosen) return 'select-account';
  if (hintedUserId !== undefined && hintedUserId !== endUser.subject) {
    if (!isChosen) return 'select-account';
    throw new LoginRequiredError({ description: 'Another end user signed in than the one of the id_token_hint' });
  }
  const maxAgeSeconds = prompts.has('login') ? 0 : (context.maxAgeSeconds ?? Number.POSITIVE_INFINITY);
  const isRecent = endUser.authTime.getTime() >= startedAt.getTime() - maxAgeSeconds * 1000;
  return isRecent ? undefined : 'reauthenticate';
}
