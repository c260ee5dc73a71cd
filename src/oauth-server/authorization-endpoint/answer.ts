import type { Request, Response } from 'express';
import type { Pages } from '../../ui/pages.js';
import type { View } from '../../ui/view-renderer.js';

/** What a request to one of the authorization endpoints is answered with. */
export class Answer {
  /** Writes the answer; nothing may be written before or after. */
  private constructor(readonly send: (request: Request, response: Response, pages: Pages) => void) {}

  /** On to another address; 303 after a form, so that its body is never sent on (RFC 9700 section 4.12). */
  static redirect(location: string): Answer {
    return new Answer((request, response) => {
      const status = request.method === 'POST' ? 303 : 302;
      response.status(status).location(location).end();
    });
  }

  /** A page of this server's look, in the end user's language. */
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
