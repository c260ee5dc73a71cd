import { textOf } from './source-files.js';

describe('docs/conformance.md', () => {
  const claims = [...textOf('docs/conformance.md').matchAll(/`(test\/[^`]+)` "([^"]+)"/g)].map(
    ([, path = '', claim = '']) => ({ path, claim }),
  );

  it('The conformance table names tests, and many of them', () => {
    expect(claims.length).toBeGreaterThan(30);
  });

  it('The conformance table names only tests that claim what it says', () => {
    expect(claims.filter(({ path, claim }) => !textOf(path).includes(claim))).toEqual([]);
  });
});
