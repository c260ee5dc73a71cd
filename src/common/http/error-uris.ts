import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { OptionGroup } from '../config/option-group.js';
import { parseUrl } from '../url/parse-url.js';

/** Where the code stands in the address of every page. */
const PLACE = '{code}';

/** The group `errors`: the pages that tell developers about an error, sent as `error_uri` (RFC 6749 section 5.2). */
export abstract class ErrorUriOptions {
  /** The page of each code, `{code}` in its place: `https://docs.example.com/errors/{code}`. @default none */
  abstract readonly uri?: string | undefined;
  /** Other pages by code, for example `{ invalid_grant: 'https://docs.example.com/signing-in' }`. @default none */
  abstract readonly uris: Readonly<Record<string, string>>;
}

/** An absolute URL in the characters of RFC 6749 section 5.2. */
const page = z
  .string()
  .refine((text) => /^https?:\/\/[\x21\x23-\x5b\x5d-\x7e]+$/.test(text) && parseUrl(text) !== undefined, {
    error: 'must be an absolute http(s) URL without spaces, quotation marks and backslashes',
  });

/** The group `errors`. */
export const errorUriGroup: OptionGroup<ErrorUriOptions> = {
  token: ErrorUriOptions,
  rule: z.strictObject({
    uri: page.refine((text) => text.includes(PLACE), { error: `must have ${PLACE} where the code stands` }).optional(),
    uris: z.record(z.string(), page).default({}),
  }),
};

/** Finds the page that tells a developer about an error. */
@Injectable()
export class ErrorUris {
  constructor(private readonly options: ErrorUriOptions) {}

  /** The `error_uri` of a code (RFC 6749 sections 4.1.2.1 and 5.2); undefined where there is no page. */
  of(code: string): string | undefined {
    const { uri, uris } = this.options;
    return (Object.hasOwn(uris, code) ? uris[code] : undefined) ?? uri?.replaceAll(PLACE, encodeURIComponent(code));
  }
}
