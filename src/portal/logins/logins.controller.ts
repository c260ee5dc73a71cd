import { Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RequireSignIn } from '../../auth/guards/require-sign-in.decorator.js';
import { RemoteProfiles } from '../../auth/remote-login/api/remote-profiles.js';
import { startPath } from '../../auth/remote-login/flow/login-attempt.js';
import { Unlinking } from '../../auth/remote-login/linking/unlinking.js';
import { RemoteAppRegistry } from '../../auth/remote-login/remote-app-registry.js';
import { displayName } from '../../common/display-name.js';
import { LoginRequiredError } from '../../common/errors/openid.errors.js';
import { CsrfProtection } from '../../common/http/csrf-protection.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { Pages } from '../../ui/pages.js';
import { LinkedAccountRepository } from '../../users/linked-account/linked-account.repository.js';
import { EndUserSession } from '../../users/session/end-user-session.js';
import { loginsPage } from './logins.page.js';
import { remoteProfilePage } from './remote-profile.page.js';

/** The pages on which an end user sees the accounts at providers that are linked, and links and unlinks them. */
@RequireSignIn()
@OwnController()
export class LoginsController {
  constructor(
    private readonly session: EndUserSession,
    private readonly accounts: LinkedAccountRepository,
    private readonly apps: RemoteAppRegistry,
    private readonly profiles: RemoteProfiles,
    private readonly unlinking: Unlinking,
    private readonly csrf: CsrfProtection,
    private readonly pages: Pages,
    private readonly paths: Paths,
  ) {}

  @Get(ROUTES.logins)
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.#show(request, response, await this.#userId(request));
  }

  /** Shows the page again where the account is the only way in. Raises ForbiddenFormError. */
  @Post(ROUTES.unlinkLogin)
  async unlink(@Req() request: Request, @Res() response: Response): Promise<void> {
    const form: FormParameters = request.body;
    this.csrf.check(request, form);
    const userId = await this.#userId(request);
    const account = { issuer: form.get('issuer') ?? '', subject: form.get('subject') ?? '' };
    const outcome = await this.unlinking.unlink(account, userId);
    if (outcome === 'last') await this.#show(request, response, userId, account);
    else response.redirect(303, this.paths.to(ROUTES.logins));
  }

  /** What a provider says now, as a page or, where that is asked for, as JSON. Raises LoginFailure. */
  @Get(ROUTES.remoteProfile)
  async profile(
    @Param('provider') provider: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { label, subject, claims, verifiedEmail } = await this.profiles.of(await this.#userId(request), provider);
    const said = { sub: subject, ...claims, ...(verifiedEmail && { email: verifiedEmail, email_verified: true }) };
    response.set('Cache-Control', 'no-store').vary('Accept');
    if (request.accepts('html', 'json') === 'json') response.json(said);
    else {
      const entries = Object.entries(said).map(([name, value]) => [name, String(value)] as const);
      this.pages.show(request, response, remoteProfilePage, { providerLabel: label, claims: entries });
    }
  }

  async #show(
    request: Request,
    response: Response,
    userId: string,
    refused?: { readonly issuer: string; readonly subject: string },
  ): Promise<void> {
    const returnTo = this.paths.to(ROUTES.logins);
    const apps = this.apps.all();
    const listed = await this.accounts.listOf(userId);
    const accounts = listed.map(({ issuer, subject, provider, claims, needsReauth, linkedAt, lastSignedInAt }) => {
      const app = apps.find(({ name }) => name === provider);
      return {
        issuer,
        subject,
        providerLabel: app?.label ?? provider,
        mark: app?.mark,
        nameThere: displayName(String(claims.preferred_username ?? claims.name ?? subject)),
        linkedAt,
        lastSignedInAt,
        needsReauth,
        profileHref: app && this.paths.to(ROUTES.remoteProfile, { provider }),
        startHref: app && startPath(this.paths, { app, returnTo }),
        isLastWayIn: refused?.issuer === issuer && refused.subject === subject,
      };
    });
    const links = apps.map((app) => ({
      label: app.label,
      mark: app.mark,
      href: startPath(this.paths, { app, returnTo }),
    }));
    this.pages.show(request, response, loginsPage, { accounts, links }, refused === undefined ? 200 : 409);
  }

  async #userId(request: Request): Promise<string> {
    const endUser = await this.session.current(request);
    if (endUser === undefined) throw new LoginRequiredError({ description: 'Nobody is signed in at this browser' });
    return endUser.subject;
  }
}
