import { z } from 'zod';
import type { OptionGroup } from '../common/config/option-group.js';
import { parseUrl } from '../common/url/parse-url.js';
import { type Color, contrastOf, hexOf, LEAST_CONTRAST, parseColor } from './color.js';

const MAX_NAME_LENGTH = 60;

/** What is behind links and texts of the brand's colour, as the style sheet has it, by day and by night. */
export const BACKGROUNDS: Readonly<Record<'color' | 'colorDark', readonly Color[]>> = {
  color: [
    [0xee, 0xf1, 0xee],
    [0xff, 0xff, 0xff],
  ],
  colorDark: [
    [0x0c, 0x13, 0x10],
    [0x15, 0x1e, 0x1a],
  ],
};

/** The group `brand`: whose pages these are. */
export abstract class Brand {
  /** The name in the head and the title of every page. At most 60 characters. @default Gatehouse */
  abstract readonly name: string;
  /**
   * The logo beside the name: an https URL, a path of this host, or an image as `data:`. Shown 3rem high at most.
   * @default the keystone
   */
  abstract readonly logo?: string | undefined;
  /** The logo where the browser asks for dark pages. @default logo */
  abstract readonly logoDark?: string | undefined;
  /**
   * The colour of buttons and links, as `#0b5f48`. Its contrast to the pages is checked at the start (WCAG 2.2 criterion
   * 1.4.3). @default green
   */
  abstract readonly color?: string | undefined;
  /** The same for dark pages. @default color, made as much lighter as it has to be */
  abstract readonly colorDark?: string | undefined;
  /** Where end users find help; linked at the foot of every page, as the next two are. @default none */
  abstract readonly supportUrl?: string | undefined;
  /** The privacy policy. @default none */
  abstract readonly privacyUrl?: string | undefined;
  /** The terms of service. @default none */
  abstract readonly termsUrl?: string | undefined;
}

const PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/;

function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && parseUrl(text) !== undefined;
}

const logo = z.string().refine((text) => PATH.test(text) || /^data:image\//.test(text) || /^https:\/\//i.test(text), {
  error: 'must be an https URL, a path of this host, or an image as data:',
});

const link = z.string().refine((text) => PATH.test(text) || /^mailto:/i.test(text) || isWebUrl(text), {
  error: 'must be a URL, a path of this host, or mailto: with an address',
});

/** A colour that can be read on every background of its kind of pages. */
function colorOn(backgrounds: readonly Color[]) {
  return z.string().superRefine((text, { addIssue }) => {
    const color = parseColor(text);
    if (color === undefined) return addIssue('must be a colour in six digits, such as #0b5f48');
    const worst = Math.min(...backgrounds.map((background) => contrastOf(color, background)));
    if (worst >= LEAST_CONTRAST) return;
    const behind = backgrounds.map(hexOf).join(' and ');
    addIssue(
      `has a contrast of ${worst.toFixed(1)} to the pages (${behind}), and words need ${LEAST_CONTRAST} (WCAG 2.2 criterion ` +
        '1.4.3); take a darker one for light pages, a lighter one for dark pages',
    );
  });
}

/** The group `brand`. */
export const brandGroup: OptionGroup<Brand> = {
  token: Brand,
  rule: z.strictObject({
    name: z.string().trim().min(1).max(MAX_NAME_LENGTH).default('Gatehouse'),
    logo: logo.optional(),
    logoDark: logo.optional(),
    color: colorOn(BACKGROUNDS.color).optional(),
    colorDark: colorOn(BACKGROUNDS.colorDark).optional(),
    supportUrl: link.optional(),
    privacyUrl: link.optional(),
    termsUrl: link.optional(),
  }),
};
