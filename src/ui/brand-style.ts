import { Injectable } from '@nestjs/common';
import { Asset } from './asset.js';
import { BACKGROUNDS, Brand } from './brand.js';
import { type Color, contrastOf, hexOf, LEAST_CONTRAST, mixed, parseColor } from './color.js';

const WHITE: Color = [255, 255, 255];
const BLACK: Color = [0, 0, 0];
const STEP = 0.05;

/** The style sheet of the brand's colour, after that of every page. A file, since no page may have styles of its own. */
@Injectable()
export class BrandStyle {
  /** Undefined where the brand has no colour. */
  readonly asset: Asset | undefined;

  constructor({ color, colorDark }: Brand) {
    const light = color === undefined ? undefined : parseColor(color);
    const dark = colorDark === undefined ? light && lightened(light) : parseColor(colorDark);
    if (light === undefined && dark === undefined) return;
    const byDay = light === undefined ? '' : variablesOf(light, BLACK);
    const byNight = dark === undefined ? '' : `@media (prefers-color-scheme: dark){${variablesOf(dark, WHITE)}}`;
    this.asset = new Asset('brand', 'css', 'text/css; charset=utf-8', Buffer.from(byDay + byNight));
  }
}

/** As much lighter as words on dark pages have to be. */
function lightened(color: Color): Color {
  let lighter = color;
  while (BACKGROUNDS.colorDark.some((background) => contrastOf(lighter, background) < LEAST_CONTRAST)) {
    lighter = mixed(lighter, WHITE, STEP);
  }
  return lighter;
}

function variablesOf(color: Color, hover: Color): string {
  const onColor = contrastOf(color, WHITE) >= contrastOf(color, BLACK) ? WHITE : BLACK;
  const values = {
    accent: color,
    'accent-hover': mixed(color, hover, 0.25),
    'on-accent': onColor,
    stone: color,
  };
  const declarations = Object.entries(values).map(([name, value]) => `--${name}:${hexOf(value)}`);
  return `:root{${declarations.join(';')}}`;
}
