import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ErrorPage, type ErrorPageModel } from '../common/errors/error-page.js';
import { errorPage } from './error.page.js';
import { Pages } from './pages.js';

/** Shows errors as a page like any other, also at an address that no module owns. */
@Injectable()
export class ViewErrorPage extends ErrorPage {
  constructor(private readonly pages: Pages) {
    super();
  }

  send(request: Request, response: Response, model: ErrorPageModel): void {
    this.pages.show(request, response, errorPage, model, model.error.statusCode);
  }
}
