import { unopenedInWords } from './resealing.js';

describe('rows that no key opens', () => {
  it('Rows that no key opens are all named while they are few', () => {
    expect(unopenedInWords({ rows: 3, unopenedRows: 2, unopened: ['a: 1', 'a: 2'] })).toBe('a: 1; a: 2');
  });

  it('Rows that no key opens are counted beyond those that are named, so that a line of the log stays a line', () => {
    expect(unopenedInWords({ rows: 0, unopenedRows: 1000, unopened: ['a: 1', 'a: 2'] })).toBe(
      'a: 1; a: 2; and 998 more',
    );
  });
});
