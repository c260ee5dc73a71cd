import type { Request, Response } from 'express';
import type { Pages } from '../../ui/pages.js';
import type { View } from '../../ui/view-renderer.js';

/** The answer to a request at an endpoint that takes authorization requests: a redirect, a page or JSON. */
export class Answer {
  /** `send` writes the whole answer; nothing may be written before or after. */
  private constructor(readonly send: (request: Request, response: Response, pages: Pages) => void) {}

  /** A redirect to another address, by 303 after a form, so that its body is never sent on (RFC 9700 section 4.12). */
  static redirect(location: string): Answer {
    return new Answer((request, response) => {
      const status = request.method === 'POST' ? 303 : 302;
      response.status(status).location(location).end();
    });
  }

  /** A page in the look of this server and the language of the end user. */
  static page<Model>(view: View<Model>, model: Model, status = 200): Answer {
    return new Answer((request, response, pages) => pages.show(request, response, view, model, status));
  }

  /** An HTML document of your own making, for example one whose script hands the answer to another window. */
  static html(html: string, status = 200): Answer {
    return new Answer((_request, response) => {
      response.status(status).type('html').end(html);
    });
  }

  /** A JSON document that no cache may keep. */
  static json(body: object, status = 200): Answer {
    return new Answer((_request, response) => {
      response.status(status).set('Cache-Control', 'no-store').type('json').end(JSON.stringify(body));
    });
  }
}
