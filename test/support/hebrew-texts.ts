import { Injectable, Module } from '@nestjs/common';
import { english, type Messages, PageLanguage, type PageTexts } from 'gatehouse';

const ALEPH = 0x5d0;
const LETTERS = 27;

/** Every letter becomes one of the Hebrew alphabet, so that whatever is left in Latin letters was never translated. */
function transcribed(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    String.fromCodePoint(ALEPH + ((letter.toLowerCase().charCodeAt(0) - 97) % LETTERS)),
  );
}

function translated(text: unknown): unknown {
  if (typeof text === 'string') return transcribed(text);
  if (Array.isArray(text)) return text.map(translated);
  if (typeof text === 'function') return (...values: unknown[]) => translated(text(...values));
  if (isGroup(text)) return Object.fromEntries(Object.entries(text).map(([name, value]) => [name, translated(value)]));
  return text;
}

/** A group of texts, as against marked up text, which stays as it is given. */
function isGroup(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'props' in value) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** Every text of ours in Hebrew letters. */
export const hebrew = translated(english) as Messages;

/** A second language, written from right to left. */
@Injectable()
@PageLanguage('he')
export class HebrewTexts implements PageTexts {
  readonly direction = 'rtl';
  readonly messages = hebrew;
}

/** Registers the second language, as a module of an application would. */
@Module({ providers: [HebrewTexts] })
export class HebrewModule {}

/**
 * The words in Latin letters that a page shows or has read out, besides data, which stands in `bdi`, `code` and `time`
 * or is named here.
 */
export function latinWordsOf(html: string, ...data: readonly string[]): string[] {
  const shown = html.replace(/<(bdi|code|time|script|svg)\b.*?<\/\1>/gs, ' ');
  const attributes = [
    ...shown.matchAll(/\s(?:aria-label|title|alt|placeholder|data-(?:show|hide|copy|copied)[\w-]*)="([^"]*)"/g),
  ];
  const text = [...attributes.map(([, value]) => value), shown.replace(/<[^>]*>/g, ' ')].join(' ');
  return data.reduce((rest, word) => rest.replaceAll(word, ' '), text).match(/[a-z]{2,}/gi) ?? [];
}
