import type { Request, Response } from 'express';

/** What the browser gets in the end: a page of ours, or the way to somewhere else. */
export class Answer {
  /** Writes the answer; nothing may be written before or after. */
  private constructor(readonly send: (request: Request, response: Response) => void) {}

  /** On to another address; 303 after a form, so that its body is never sent on (RFC 9700 section 4.12). */
  static redirect(location: string): Answer {
    return new Answer((request, response) => {
      const status = request.method === 'POST' ? 303 : 302;
      response.status(status).location(location).end();
    });
  }

  /** An HTML document. */
  static page(html: string, status = 200): Answer {
    return new Answer((_request, response) => {
      response.status(status).type('html').end(html);
    });
  }
}
