import { All, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { Pages } from '../../ui/pages.js';
import { AuthorizationPipeline } from './authorization.pipeline.js';
import { AuthorizationResponses } from './authorization-responses.js';
import type { AUTHORIZATION_STEPS } from './authorization-steps.js';
import type { EndpointName, Interaction } from './step.js';

const INTERACTION: Interaction = { resume: ROUTES.resumeAuthorize, decision: ROUTES.decideAuthorize };

/** The authorization endpoint (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2) and the two ways back into it. */
@Public()
@OwnController()
export class AuthorizeController {
  constructor(
    private readonly pipeline: AuthorizationPipeline<typeof AUTHORIZATION_STEPS>,
    private readonly responses: AuthorizationResponses,
    private readonly pages: Pages,
  ) {}

  /** The address to which a client sends the end user. */
  @Get(ROUTES.authorize)
  authorize(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer('authorize', request, response);
  }

  /** The authorization request as a form (OpenID Connect Core section 3.1.2.1). */
  @Post(ROUTES.authorize)
  authorizeByForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer('authorize', request, response);
  }

  @All(ROUTES.authorize)
  refuse(): never {
    throw new MethodNotAllowedError(['GET', 'POST']);
  }

  /** The address to which the sign-in page sends the end user back. */
  @Get(ROUTES.resumeAuthorize)
  resume(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer('resume', request, response);
  }

  /** The address to which the consent page posts its form. */
  @Post(ROUTES.decideAuthorize)
  decide(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer('decision', request, response);
  }

  /** A refusal goes to the client by redirect as soon as its redirect URI is known, and is a page before that. */
  async #answer(name: EndpointName<typeof AUTHORIZATION_STEPS>, request: Request, response: Response): Promise<void> {
    const refuse = (context: object, error: unknown) => this.responses.refuse(context, error);
    const endpoint = { name, interaction: INTERACTION, refuse };
    const answer = await this.pipeline.run({ endpoint, request, response });
    answer.send(request, response, this.pages);
  }
}
