import { typescriptFiles } from './source-files.js';

/** Words of docs/glossary.md that have a better one, each with an example that it must find. */
const AVOIDED: readonly (readonly [RegExp, string, string])[] = [
  [/\b(?:person|people|persons)(?![\w:])|\b(?:find|new|an?)Person\b/i, 'Asks the person', 'end user'],
  [/\b(?:black|deny)[ -]?list/i, 'the blacklist', 'revocation feed'],
];

describe('words', () => {
  it.each(AVOIDED)('Words that the glossary avoids would be found by %s', (word, example) => {
    expect(example).toMatch(word);
  });

  it('Words that the glossary avoids stand nowhere in our code and its comments', () => {
    const files = ['src', 'test/support', 'bench', 'examples'].flatMap((folder) => typescriptFiles(folder));
    const wrong = files.flatMap(({ path, text }) =>
      AVOIDED.flatMap(([word, , better]) => {
        const found = word.exec(text)?.[0];
        return found === undefined ? [] : [`${path}: "${found}", better ${better}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});
