import { contrastOf, hexOf, mixed, parseColor } from './color.js';

const color = (text: string) => parseColor(text) ?? [0, 0, 0];

describe('colours', () => {
  it('A colour is read in six digits or in three', () => {
    expect([parseColor('#0B5f48'), parseColor('#fc0')]).toEqual([
      [11, 95, 72],
      [255, 204, 0],
    ]);
    expect(['#12345', 'green', '0b5f48', '#0b5f48ff'].map(parseColor)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['#000', '#fff', 21],
    ['#fff', '#fff', 1],
    ['#777', '#fff', 4.48],
    ['#767676', '#fff', 4.54],
  ])('The contrast of %s to %s is %d (WCAG 2.2)', (one, other, contrast) => {
    expect(contrastOf(color(one), color(other))).toBeCloseTo(contrast, 2);
    expect(contrastOf(color(other), color(one))).toBeCloseTo(contrast, 2);
  });

  it('A colour is mixed with another by parts', () => {
    expect(hexOf(mixed(color('#000'), color('#fff'), 0.5))).toBe('#808080');
  });
});
