import type { Request, Response } from 'express';
import type { OAuthError } from './oauth-error.js';

/** The model of an error page. */
export interface ErrorPageModel {
  readonly error: OAuthError;
  /** The reference id, which stands in the log line too. */
  readonly referenceId: string;
  readonly at: Date;
  /** What the log says besides, on a server whose issuer is this machine, which developers alone can visit. */
  readonly detail?: string | undefined;
  /** The page that tells a developer about the code. */
  readonly uri?: string | undefined;
}

/** Port: answers with an error as an HTML document, with the status of the error and the headers of a page. */
export abstract class ErrorPage {
  abstract send(request: Request, response: Response, model: ErrorPageModel): void;
}
