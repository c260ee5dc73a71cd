import { Injectable, Optional } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Pages } from '../../ui/pages.js';
import type { SignedInEndUser } from '../../users/session/end-user-session.js';
import type { User } from '../../users/user/user.js';
import { labelOf } from '../../users/user/user.js';
import { UserStore } from '../../users/user/user-store.js';
import { chooseAccountPage } from './choose-account.page.js';
import { LoginChoices } from './login-choices.js';
import { SignInOptions } from './sign-in.options.js';
import { type SignInProblem, signInPage } from './sign-in.page.js';
import { SignInLink, type SignInLinkContent } from './sign-in-link.js';

/**
 * One visit to the sign-in address: the browser, the sign-in request in the address, and the end user who is signed in.
 */
export interface SignInVisit {
  readonly request: Request;
  readonly response: Response;
  readonly signInRequest: SignInLinkContent;
  readonly endUser: SignedInEndUser | undefined;
}

/** Writes the page that a visit to the sign-in address calls for. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly pages: Pages,
    private readonly users: UserStore,
    private readonly link: SignInLink,
    private readonly options: SignInOptions,
    @Optional() private readonly loginChoices?: LoginChoices,
  ) {}

  /** The account chooser for an end user who is to choose, otherwise the form. */
  async show(visit: SignInVisit): Promise<void> {
    const { request, response, signInRequest } = visit;
    const user = await this.#userOf(visit);
    if (user === undefined || signInRequest.reason !== 'select-account') return this.showForm(visit, 200, []);
    this.pages.show(request, response, chooseAccountPage, {
      action: this.link.toContinue(signInRequest),
      client: signInRequest.client,
      accountLabel: labelOf(user),
      anotherAccountHref: this.link.to({ ...signInRequest, asAnother: true }),
    });
  }

  /** The form, with the e-mail address that was typed last and the problem with it; never with a password. */
  async showForm(
    visit: SignInVisit,
    status: number,
    problems: readonly SignInProblem[],
    typedEmail?: string,
  ): Promise<void> {
    const { request, response, signInRequest } = visit;
    const confirmedEmail = signInRequest.reason === 'reauthenticate' ? (await this.#userOf(visit))?.email : undefined;
    const model = {
      action: this.link.to(signInRequest),
      client: signInRequest.client,
      email: confirmedEmail ?? typedEmail ?? signInRequest.loginHint,
      anotherAccountHref: confirmedEmail && this.link.to({ ...signInRequest, asAnother: true }),
      hasPasswordForm: this.options.password,
      choices: this.loginChoices?.choices(signInRequest, request) ?? [],
      problems,
    };
    this.pages.show(request, response, signInPage, model, status);
  }

  async #userOf({ signInRequest, endUser }: SignInVisit): Promise<User | undefined> {
    return endUser && !signInRequest.asAnother ? this.users.findById(endUser.subject) : undefined;
  }
}
