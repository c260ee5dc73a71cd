import type { Request, Response } from 'express';

/** What the browser gets in the end: a page of ours, or the way to somewhere else. */
export class Answer {
  private constructor(
    private readonly status: number | undefined,
    private readonly location: string | undefined,
    private readonly html: string | undefined,
  ) {}

  /** On to another address; 303 after a form, so that its body is never sent on (RFC 9700 section 4.12). */
  static redirect(location: string): Answer {
    return new Answer(undefined, location, undefined);
  }

  /** An HTML document. */
  static page(html: string, status = 200): Answer {
    return new Answer(status, undefined, html);
  }

  /** Writes the answer; nothing may be written before or after. */
  send(request: Request, response: Response): void {
    if (this.location !== undefined) {
      response
        .status(request.method === 'POST' ? 303 : 302)
        .location(this.location)
        .end();
    } else {
      response
        .status(this.status ?? 200)
        .type('html')
        .end(this.html);
    }
  }
}
