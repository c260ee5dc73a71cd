import { familyDecorator } from '../../common/extension/family-decorator.js';
import type { Messages } from './messages.js';

/** The texts of the pages in one language. */
export interface PageTexts {
  /** The direction in which the language is written, which the whole page follows. */
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Messages;
}

/**
 * Registers an injectable class that implements PageTexts under its language tag (RFC 5646), for example
 * `@PageLanguage('de')`; list it in any module. `{ replace: true }` takes the place of texts of ours.
 */
export const PageLanguage = familyDecorator<PageTexts>('page language');
