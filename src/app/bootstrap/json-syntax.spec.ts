import { findJsonSyntaxFault } from './json-syntax.js';

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the place of a JSON syntax fault', () => {
  it.each([
    ['{\n  "users": [,]\n}', 2, 13],
    ['{"a": 1,}', 1, 9],
    ['{"a" 1}', 1, 6],
    ['[1, 2', 1, 6],
    ['{\n  "a": "x",\n  "b": oops\n}', 3, 8],
    ['', 1, 1],
    ['{} {}', 1, 4],
    ["{'a': 1}", 1, 2],
    ['{\n"a": "line\nbreak"}', 2, 6],
  ])('The place of a JSON syntax fault of %j is line %i, column %i', (text, line, column) => {
    expect(findJsonSyntaxFault(text)).toEqual({ line, column });
  });

  it('The place of a JSON syntax fault is found exactly where JSON.parse refuses: every cut and every changed character of a sample', () => {
    const sample = ' {"a":[1,-0.5e+3,true,null,"\\u00e9\\n",{}],\r\n"b":{"c":"ü\x7f","d":[]}}\t';
    expect(findJsonSyntaxFault(sample)).toBeUndefined();
    for (let index = 0; index < sample.length; index += 1) {
      const changed = [...'"\\,:[]{}0.e- x\n\u0001'].map((c) => sample.slice(0, index) + c + sample.slice(index + 1));
      for (const text of [sample.slice(0, index), sample.slice(0, index) + sample.slice(index + 1), ...changed]) {
        expect([text, findJsonSyntaxFault(text) === undefined]).toEqual([text, parses(text)]);
      }
    }
  });
});
