import { Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AccessDeniedError } from '../../common/errors/rfc6749.errors.js';
import { CsrfProtection } from '../../common/http/csrf-protection.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { PasswordSignIn } from '../../users/password/password-sign-in.js';
import { KnownBrowsers } from './known-browsers.js';
import { SignInOptions } from './sign-in.options.js';
import type { SignInProblem } from './sign-in.page.js';
import { SignInLink } from './sign-in-link.js';
import { SignInPages, type SignInVisit } from './sign-in-pages.js';
import { SignInSessions } from './sign-in-sessions.js';

/** Signing in with a password, and going on with the account that is signed in. */
@Public()
@OwnController()
export class SignInController {
  constructor(
    private readonly csrf: CsrfProtection,
    private readonly sessions: SignInSessions,
    private readonly browsers: KnownBrowsers,
    private readonly passwords: PasswordSignIn,
    private readonly link: SignInLink,
    private readonly pages: SignInPages,
    private readonly options: SignInOptions,
  ) {}

  @Get(ROUTES.signIn)
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const visit = await this.#visit(request, response);
    const { signInRequest, endUser } = visit;
    if (endUser && signInRequest.reason === 'sign-in' && !signInRequest.asAnother)
      response.redirect(303, signInRequest.returnTo);
    else await this.pages.show(visit);
  }

  /**
   * Raises ForbiddenFormError, and AccessDeniedError where the option says that nobody signs in with a password; every
   * other fault is told on the page.
   */
  @Post(ROUTES.signIn)
  async signIn(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (!this.options.password) throw new AccessDeniedError({ description: 'Nobody signs in with a password here' });
    const form = request.body as FormParameters;
    this.csrf.check(request, form);
    const visit = await this.#visit(request, response);
    const email = form.get('email')?.trim() ?? '';
    const password = form.get('password') ?? '';
    const missing = missingFields(email, password);
    if (missing.length > 0) return this.pages.showForm(visit, 422, missing, email);
    const result = await this.passwords.verify(email, password, {
      address: request.ip ?? '',
      knownBrowserOf: (user) => this.browsers.nameFor(request, user.id),
    });
    if (result.outcome === 'signed-in') {
      await this.sessions.begin(request, response, { subject: result.user.id, amr: ['pwd'] });
      response.redirect(303, visit.signInRequest.returnTo);
    } else if (result.outcome === 'refused') {
      await this.pages.showForm(visit, 422, [{ kind: 'wrong' }], email);
    } else {
      const { outcome: kind, retryAfterSeconds } = result;
      response.set('Retry-After', String(retryAfterSeconds));
      await this.pages.showForm(visit, kind === 'busy' ? 503 : 429, [{ kind, retryAfterSeconds }], email);
    }
  }

  /** Goes on with the account that is signed in. Asks again when the session has ended since the page was shown. */
  @Post(ROUTES.continueSignIn)
  async continue(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.csrf.check(request, request.body as FormParameters);
    const signInRequest = this.link.read(request);
    const isConfirmed = await this.sessions.confirm(request);
    response.redirect(303, isConfirmed ? signInRequest.returnTo : this.link.to(signInRequest));
  }

  async #visit(request: Request, response: Response): Promise<SignInVisit> {
    return { request, response, signInRequest: this.link.read(request), endUser: await this.sessions.current(request) };
  }
}

function missingFields(email: string, password: string): SignInProblem[] {
  const problems: SignInProblem[] = [];
  if (email === '') problems.push({ kind: 'email-missing' });
  if (password === '') problems.push({ kind: 'password-missing' });
  return problems;
}
