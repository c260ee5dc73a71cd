import { Injectable } from '@nestjs/common';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { Issuer } from '../config/issuer.js';
import { digestOf } from '../crypto/random-token.js';
import { Paths } from './paths.js';

/** The lifetime of a cookie, and whether it must travel with a cross-site POST. */
export interface CookieOptions {
  /** Absent: until the browser closes. */
  readonly maxAgeSeconds?: number;
  /** `none` only for a form_post callback from another site, and only over https or on this machine; `lax` otherwise. */
  readonly sameSite?: 'lax' | 'none';
}

/**
 * This server's cookies: HttpOnly, host-only, Path=/, and over https Secure with the `__Host-` prefix
 * (RFC 6265bis section 4.1.3.2), so that no sibling host can plant one. The prefix demands Path=/, so the name tells
 * servers apart that are mounted on one host: `gatehouse_session` at its root, `gatehouse-db9abad28c_session` elsewhere.
 */
@Injectable()
export class Cookies {
  readonly #prefix: string;

  constructor(
    private readonly issuer: Issuer,
    { issuerPath }: Paths,
  ) {
    const mount = issuerPath === '' ? '' : `-${digestOf(issuerPath).toString('hex', 0, 5)}`;
    this.#prefix = `${issuer.isSecure ? '__Host-' : ''}gatehouse${mount}_`;
  }

  /** The value of a cookie of ours by its short name. */
  get(request: Request, name: string): string | undefined {
    const header = request.headers.cookie;
    return header === undefined ? undefined : parseCookie(header)[this.#prefix + name];
  }

  /** The short names of all cookies of ours, in the order in which the browser sent them. */
  names(request: Request): string[] {
    return Object.keys(parseCookie(request.headers.cookie ?? '')).flatMap((name) =>
      name.startsWith(this.#prefix) ? [name.slice(this.#prefix.length)] : [],
    );
  }

  /** Sets a cookie of ours. */
  set(response: Response, name: string, value: string, { maxAgeSeconds, sameSite = 'lax' }: CookieOptions = {}): void {
    // Browsers take SameSite=None with Secure alone, and take that on this machine over http too.
    const secure = this.issuer.isSecure || (sameSite === 'none' && this.issuer.isLocal);
    response.append(
      'Set-Cookie',
      stringifySetCookie({
        name: this.#prefix + name,
        value,
        httpOnly: true,
        path: '/',
        secure,
        sameSite: secure ? sameSite : 'lax',
        ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
      }),
    );
  }

  /** Removes a cookie of ours from the browser. */
  clear(response: Response, name: string): void {
    this.set(response, name, '', { maxAgeSeconds: 0 });
  }
}
