import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CsrfProtection } from '../common/http/csrf-protection.js';
import { Paths } from '../common/http/paths.js';
import { Brand } from './brand.js';
import { BrandStyle } from './brand-style.js';
import { PageLanguages } from './messages/page-languages.js';
import { type PageBody, PageOptions } from './page.options.js';
import type { PageContext } from './page-context.js';
import { setPageHeaders } from './page-headers.js';
import { type View, ViewRenderer } from './view-renderer.js';

/** The one way in which a page is answered. */
@Injectable()
export class Pages {
  constructor(
    private readonly views: ViewRenderer,
    private readonly csrf: CsrfProtection,
    private readonly paths: Paths,
    private readonly languages: PageLanguages,
    private readonly brand: Brand,
    private readonly style: BrandStyle,
    private readonly options: PageOptions,
  ) {}

  /** Ends the response with the page and the headers that every page carries. No cache may keep the page. */
  show<Model>(request: Request, response: Response, view: View<Model>, model: Model, status = 200): void {
    setPageHeaders(request, response, () => {
      const html = this.views.render(this.#bent(view), model, this.#contextOf(request, response));
      response.status(status).set('Cache-Control', 'no-store').type('html').end(html);
    });
  }

  /** The view with the body that the application gives, where it does. */
  #bent<Model>(view: View<Model>): View<Model> {
    const { bodies } = this.options;
    const body = Object.hasOwn(bodies, view.name) ? (bodies[view.name] as PageBody<Model>) : undefined;
    return body === undefined ? view : { ...view, body };
  }

  /** A page without a form asks for no token, and so sets no cookie. */
  #contextOf(request: Request, response: Response): PageContext {
    const { csrf, paths, brand, options } = this;
    const { messages, tag, direction } = this.languages.choose(request, response);
    let token: string | undefined;
    return {
      messages,
      language: { tag, direction },
      brand,
      brandStyle: this.style.asset,
      slots: options.slots,
      paths,
      get csrfToken() {
        token ??= csrf.tokenFor(request, response);
        return token;
      },
    };
  }
}
