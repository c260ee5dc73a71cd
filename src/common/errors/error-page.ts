import type { Request, Response } from 'express';
import type { WayOn } from './oauth-error.js';

/** What a person is told when a page cannot be shown. */
export interface ErrorPageModel {
  readonly status: number;
  /** The wire code, for a developer. */
  readonly code: string;
  readonly description: string;
  /** The same id stands in the log line. */
  readonly referenceId: string;
  /** The link that takes the person further; undefined where only the start page is left. */
  readonly wayOn: WayOn | undefined;
}

/** Port: answers with an error as an HTML document, with the headers of a page; implemented by ui. */
export abstract class ErrorPage {
  abstract send(request: Request, response: Response, model: ErrorPageModel): void;
}
