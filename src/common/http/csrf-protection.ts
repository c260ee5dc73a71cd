import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { KeyRing } from '../crypto/key-ring.js';
import { randomText } from '../crypto/random-token.js';
import { ForbiddenFormError } from '../errors/http.errors.js';
import { Cookies } from './cookies.js';
import type { FormParameters } from './form-parameters.js';

/** The hidden field that every form of ours carries. */
export const CSRF_FIELD = 'csrf_token';
const BROWSER_COOKIE = 'browser';
const PURPOSE = 'csrf';

/**
 * Ties a form to the browser it was shown in: the hidden field is a signature over a random cookie. A browser that says
 * by itself that a page of ours sent the form (Fetch Metadata, `Sec-Fetch-Site: same-origin`) is believed. So two tabs
 * that were a browser's very first, each with a cookie of its own, both get through. Nothing rests on the Origin
 * header, which is `null` under Referrer-Policy no-referrer, nor on a stored session.
 */
@Injectable()
export class CsrfProtection {
  constructor(
    private readonly cookies: Cookies,
    private readonly keys: KeyRing,
  ) {}

  /** The value of the hidden field for this browser; gives the browser its cookie if it has none. */
  tokenFor(request: Request, response: Response): string {
    let browser = this.cookies.get(request, BROWSER_COOKIE);
    if (browser === undefined) {
      browser = randomText();
      this.cookies.set(response, BROWSER_COOKIE, browser);
    }
    return this.keys.sign(browser, PURPOSE);
  }

  /** Raises ForbiddenFormError for a form that was not shown in this browser. */
  check(request: Request, form: FormParameters): void {
    if (request.headers['sec-fetch-site'] === 'same-origin') return;
    const browser = this.cookies.get(request, BROWSER_COOKIE);
    if (browser === undefined || !this.keys.hasSigned(browser, PURPOSE, form.get(CSRF_FIELD) ?? '')) {
      throw new ForbiddenFormError({
        description:
          'This form was not opened in this browser or cookies are blocked; go back, reload and send it again',
      });
    }
  }
}
