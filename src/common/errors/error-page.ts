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

/** Port: turns an error into an HTML document; implemented by ui. */
export abstract class ErrorPage {
  abstract render(model: ErrorPageModel): string;
}
