import { parseUrl } from './parse-url.js';

it.each([
  ['https://äpp.example/', 'https://xn--pp-uia.example/'],
  ['no url', undefined],
  ['https://', undefined],
])('The text %s reads as %s, however often it is read', (text, expected) => {
  const read = Array.from({ length: 20_000 }, () => parseUrl(text)?.href);
  expect(new Set(read)).toEqual(new Set([expected]));
});

it('A relative reference reads by its base', () => {
  expect(parseUrl('b?c', 'https://a.example/x/')?.href).toBe('https://a.example/x/b?c');
});
