import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ErrorPage, type ErrorPageModel } from '../common/errors/error-page.js';
import { errorPage } from './error.page.js';
import { setPageHeaders } from './page-headers.js';
import { ViewRenderer } from './view-renderer.js';

/** Renders errors as a page like any other. */
@Injectable()
export class ViewErrorPage extends ErrorPage {
  constructor(private readonly views: ViewRenderer) {
    super();
  }

  /** An address that no module owns has met no middleware, hence the headers here. */
  send(request: Request, response: Response, model: ErrorPageModel): void {
    setPageHeaders(request, response, () => response.type('html').end(this.views.render(errorPage, model)));
  }
}
