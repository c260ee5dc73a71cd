import { All, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { Pages } from '../../ui/pages.js';
import { AuthorizePipeline } from './authorize.pipeline.js';
import type { AuthorizeEndpoint } from './step.js';

/** The authorization endpoint (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2) and the two ways back into it. */
@Public()
@Controller()
export class AuthorizeController {
  constructor(
    private readonly pipeline: AuthorizePipeline,
    private readonly pages: Pages,
  ) {}

  /** Where a client sends the person. */
  @Get(ROUTES.authorize)
  authorize(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer('A', request, response);
  }

  /** The same by a form. */
  @Post(ROUTES.authorize)
  authorizeByForm(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer('A', request, response);
  }

  @All(ROUTES.authorize)
  refuse(): never {
    throw new MethodNotAllowedError(['GET', 'POST']);
  }

  /** Where the sign-in page sends the person back. */
  @Get(ROUTES.resumeAuthorize)
  resume(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer('R', request, response);
  }

  /** Where the consent page posts to. */
  @Post(ROUTES.decideAuthorize)
  decide(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer('D', request, response);
  }

  async #answer(endpoint: AuthorizeEndpoint, request: Request, response: Response): Promise<void> {
    const answer = await this.pipeline.run(endpoint, { request, response });
    answer.send(request, response, this.pages);
  }
}
