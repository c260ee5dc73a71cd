import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { Cookies } from '../../common/http/cookies.js';
import type { Messages } from './messages.js';
import { PageLanguage, type PageTexts } from './page-language.js';

/** The language of pages where no language that the browser or the client asks for is on offer. */
const DEFAULT_TAG = 'en';
const COOKIE = 'language';

declare global {
  namespace Express {
    interface Request {
      /** `ui_locales` of the authorization request that this request goes on with, where its own query has none. */
      uiLocales?: string | undefined;
    }
  }
}

/** The language of one page. */
export interface ChosenLanguage {
  /** RFC 5646, for the `lang` attribute. */
  readonly tag: string;
  readonly direction: PageTexts['direction'];
  readonly messages: Messages;
}

/**
 * Chooses the language of each page among those registered: by `ui_locales` of the authorization request (OpenID
 * Connect Core section 3.1.2.1), by the choice that `ui_locales` made last in this browser, by Accept-Language (RFC
 * 9110 section 12.5.4).
 */
@Injectable()
export class PageLanguages {
  readonly #languages: Registry<PageTexts>;

  constructor(
    registries: Registries,
    private readonly cookies: Cookies,
  ) {
    this.#languages = registries.of(PageLanguage);
  }

  /** The tags of all languages on offer, the default first. */
  get tags(): readonly string[] {
    return [DEFAULT_TAG, ...this.#languages.names.filter((name) => name !== DEFAULT_TAG)];
  }

  /** The language of the page that answers this request; remembers in the browser what `ui_locales` chose. */
  choose(request: Request, response: Response): ChosenLanguage {
    const tag = this.#tagFor(request, response);
    const { direction, messages } = this.#languages.find(tag) as PageTexts;
    return { tag, direction, messages };
  }

  #tagFor(request: Request, response: Response): string {
    const { tags } = this;
    if (tags.length === 1) return DEFAULT_TAG;
    const remembered = this.cookies.get(request, COOKIE);
    const asked = firstOnOffer(uiLocalesOf(request), tags);
    if (asked !== undefined && asked !== remembered) this.cookies.set(response, COOKIE, asked);
    if (asked !== undefined) return asked;
    if (remembered !== undefined && tags.includes(remembered)) return remembered;
    // Express gives the first of the list to a browser that names no language.
    return request.acceptsLanguages([...tags]) || DEFAULT_TAG;
  }
}

function uiLocalesOf({ uiLocales, url }: Request): string {
  const start = url.indexOf('?');
  return uiLocales ?? (start === -1 ? '' : (new URLSearchParams(url.slice(start + 1)).get('ui_locales') ?? ''));
}

/**
 * The first requested language that is on offer (RFC 4647 section 3.4). Each tag is cut shorter from its end:
 * `de-AT-1996`, `de-AT`, `de`.
 */
function firstOnOffer(uiLocales: string, tags: readonly string[]): string | undefined {
  for (const range of uiLocales.split(' ')) {
    const subtags = range.toLowerCase().split('-');
    for (; subtags.length > 0; subtags.pop()) {
      const found = tags.find((tag) => tag.toLowerCase() === subtags.join('-'));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
