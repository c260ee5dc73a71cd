import type { Paths } from '../common/http/paths.js';
import type { Brand } from './brand.js';
import type { Messages } from './messages/messages.js';
import type { ChosenLanguage } from './messages/page-languages.js';

/** The context of every page besides its model: the language, the brand, the form token and the addresses. */
export interface PageContext {
  /** All texts, in the language that was chosen. */
  readonly messages: Messages;
  readonly language: Pick<ChosenLanguage, 'tag' | 'direction'>;
  readonly brand: Brand;
  /** The value of the hidden field against cross-site request forgery; reading it gives the browser its cookie. */
  readonly csrfToken: string;
  /** Makes the addresses of links and forms. */
  readonly paths: Paths;
}
