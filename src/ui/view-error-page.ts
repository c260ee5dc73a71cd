import { Injectable } from '@nestjs/common';
import { ErrorPage, type ErrorPageModel } from '../common/errors/error-page.js';
import { errorPage } from './error.page.js';
import { ViewRenderer } from './view-renderer.js';

/** Renders errors as a page like any other. */
@Injectable()
export class ViewErrorPage extends ErrorPage {
  constructor(private readonly views: ViewRenderer) {
    super();
  }

  render(model: ErrorPageModel): string {
    return this.views.render(errorPage, model);
  }
}
