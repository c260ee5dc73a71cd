import { displayName } from './display-name.js';

describe('a name that somebody else chose', () => {
  it('A name that somebody else chose stays as it is when it is harmless', () => {
    expect(displayName('Zoë’s Фото & 写真 (Beta)')).toBe('Zoë’s Фото & 写真 (Beta)');
  });

  it.each([
    ['direction marks', 'Bank\u202eelpmaxe.live\u202c\u2066\u200f', 'Bank elpmaxe.live'],
    ['line breaks and tabs', 'Bank\r\n\tAllow', 'Bank Allow'],
    ['zero-width characters', 'Ba\u200b\ufeffnk', 'Ba nk'],
    ['letters that show nothing', '\u3164Bank\u3164', 'Bank'],
    ['a pile of marks', `B${'\u0301'.repeat(50)}ank`, 'B\u0301\u0301ank'],
  ])('A name that somebody else chose loses %s', (_, text, shown) => expect(displayName(text)).toBe(shown));

  it('A name that somebody else chose is cut where it is too long, between letters', () => {
    expect(displayName('😀'.repeat(200), 10)).toBe(`${'😀'.repeat(9)}…`);
  });
});
