import type { ComponentChildren } from 'preact';
import type { Paths } from '../common/http/paths.js';
import type { Asset } from './asset.js';
import type { Brand } from './brand.js';
import type { Messages } from './messages/messages.js';
import type { ChosenLanguage } from './messages/page-languages.js';

/** Parts of every page that an application gives. */
export interface PageSlots {
  /** What stands in the head of the document after ours: links to style sheets and scripts of the same host, metadata. */
  readonly head?: ((page: PageContext) => ComponentChildren) | undefined;
  /** In place of the logo and the name above the page. */
  readonly header?: ((page: PageContext) => ComponentChildren) | undefined;
  /** In place of the links of the brand below the page. */
  readonly footer?: ((page: PageContext) => ComponentChildren) | undefined;
}

/** The context of every page besides its model: the language, the brand, the form token and the addresses. */
export interface PageContext {
  /** All texts, in the language that was chosen. */
  readonly messages: Messages;
  readonly language: Pick<ChosenLanguage, 'tag' | 'direction'>;
  readonly brand: Brand;
  /** The style sheet of the brand's colour. */
  readonly brandStyle: Asset | undefined;
  readonly slots: PageSlots;
  /** The value of the hidden field against cross-site request forgery; reading it gives the browser its cookie. */
  readonly csrfToken: string;
  /** Makes the addresses of links and forms. */
  readonly paths: Paths;
}
