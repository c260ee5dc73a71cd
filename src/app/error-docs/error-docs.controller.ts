import { Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { Pages } from '../../ui/pages.js';
import { NothingHereError } from '../server/unexpected.errors.js';
import { DOCUMENTED_ERRORS } from './documented-errors.js';
import { errorDocsPage } from './error-docs.page.js';

/** The page of each error code, to which `error_uri` leads unless ERROR_URI says otherwise. */
@Public()
@OwnController()
export class ErrorDocsController {
  constructor(private readonly pages: Pages) {}

  /** Raises NothingHereError for a code that this server does not send. */
  @Get(ROUTES.errorDocs)
  show(@Param('code') code: string, @Req() request: Request, @Res() response: Response): void {
    const documented = Object.hasOwn(DOCUMENTED_ERRORS, code) ? DOCUMENTED_ERRORS[code] : undefined;
    if (documented === undefined) throw new NothingHereError();
    this.pages.show(request, response, errorDocsPage, { code, ...documented });
  }
}
