import type { Paths } from '../common/http/paths.js';

/** What every page knows besides its model: who looks, from which browser, and where things are. */
export interface PageContext {
  /** The value of the hidden field against cross-site request forgery; reading it gives the browser its cookie. */
  readonly csrfToken: string;
  /** Makes the addresses of links and forms. */
  readonly paths: Paths;
}
