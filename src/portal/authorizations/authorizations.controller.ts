import { Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RequireSignIn } from '../../auth/guards/require-sign-in.decorator.js';
import { ClientRegistry } from '../../clients/client-registry.js';
import { LoginRequiredError } from '../../common/errors/openid.errors.js';
import { CsrfProtection } from '../../common/http/csrf-protection.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { AuthorizationRepository } from '../../oauth-server/storage/authorization.repository.js';
import { ScopeRegistry } from '../../scopes/scope-registry.js';
import { Pages } from '../../ui/pages.js';
import { EndUserSession } from '../../users/session/end-user-session.js';
import { authorizationsPage } from './authorizations.page.js';

/** The page on which an end user sees what they allowed to which client, and takes it back. */
@RequireSignIn()
@OwnController()
export class AuthorizationsController {
  constructor(
    private readonly session: EndUserSession,
    private readonly authorizations: AuthorizationRepository,
    private readonly clients: ClientRegistry,
    private readonly scopes: ScopeRegistry,
    private readonly csrf: CsrfProtection,
    private readonly pages: Pages,
    private readonly paths: Paths,
  ) {}

  @Get(ROUTES.authorizations)
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const listed = await this.authorizations.listOf(await this.#userId(request));
    const authorizations = listed.map(async ({ id, clientId, scopes, createdAt }) => ({
      id,
      clientName: (await this.clients.find(clientId))?.name ?? clientId,
      since: createdAt,
      sentences: scopes.map((scope) => this.scopes.describe(scope)),
    }));
    this.pages.show(request, response, authorizationsPage, { authorizations: await Promise.all(authorizations) });
  }

  /** Raises ForbiddenFormError for a form that was not shown in this browser. */
  @Post(ROUTES.revokeAuthorization)
  async revoke(@Req() request: Request, @Res() response: Response): Promise<void> {
    const form: FormParameters = request.body;
    this.csrf.check(request, form);
    await this.authorizations.revoke(form.get('authorization') ?? '', await this.#userId(request));
    response.redirect(303, this.paths.to(ROUTES.authorizations));
  }

  async #userId(request: Request): Promise<string> {
    const endUser = await this.session.current(request);
    if (endUser === undefined) throw new LoginRequiredError({ description: 'Nobody is signed in at this browser' });
    return endUser.subject;
  }
}
