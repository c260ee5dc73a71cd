import { sourceFiles } from './source-files.js';

/** A text that stands between tags, or in an attribute that is shown or read out; each with an example. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/>[^<>{}()=;]*[a-z]{2,}[^<>{}()=;]*<\//i, '<h1>\n  Sign in\n</h1>'],
  [/\s(?:label|title|hint|alt|placeholder|aria-label|data-copy|data-show)="[^"]*[a-z]{2,}[^"]*"/i, ' label="Password"'],
];

describe('texts of pages', () => {
  it.each(TEXTS)('Texts of pages would be found by %s', (text, example) => {
    expect(example).toMatch(text);
  });

  it('Texts of pages stand in the catalogue of each language, and nowhere in a page but in those of the demonstration', () => {
    const wrong = sourceFiles()
      .filter(({ path }) => path.endsWith('.tsx') && !path.startsWith('src/app/demo/'))
      .flatMap(({ path, text }) =>
        TEXTS.flatMap(([pattern]) => {
          const found = pattern.exec(text)?.[0];
          return found === undefined ? [] : [`${path}: ${found.replace(/\s+/g, ' ')}`];
        }),
      );
    expect(wrong).toEqual([]);
  });
});
