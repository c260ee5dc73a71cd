/** A colour in sRGB, each part from 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** The least contrast of text to what is behind it (WCAG 2.2 criterion 1.4.3). */
export const LEAST_CONTRAST = 4.5;

/** Reads `#0b5f48` or `#085`; undefined for anything else. */
export function parseColor(text: string): Color | undefined {
  const [, digits] = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const each = digits.length === 3 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = each.map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

/** The colour as CSS has it. */
export function hexOf(color: Color): string {
  return `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** The contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrastOf(one: Color, other: Color): number {
  const [lighter = 0, darker = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The colour with so much of another in it, from 0 to 1. */
export function mixed(color: Color, other: Color, share: number): Color {
  const [red, green, blue] = color;
  return [red + (other[0] - red) * share, green + (other[1] - green) * share, blue + (other[2] - blue) * share];
}

/** The relative luminance of WCAG 2.2. */
function luminanceOf(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
