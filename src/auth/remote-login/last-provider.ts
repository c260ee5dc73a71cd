import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Cookies } from '../../common/http/cookies.js';
import type { RemoteApp } from './remote-app.js';

const COOKIE = 'last_provider';
/** As long as browsers keep a cookie (RFC 6265bis section 5.5). */
const LIFETIME_SECONDS = 400 * 86_400;

/** Remembers in a browser at which provider its end user signed in last, so that it is offered first. */
@Injectable()
export class LastProvider {
  constructor(private readonly cookies: Cookies) {}

  remember(response: Response, { name }: RemoteApp): void {
    this.cookies.set(response, COOKIE, name, { maxAgeSeconds: LIFETIME_SECONDS });
  }

  /** The same apps, the one that was used last in front. */
  first(request: Request, apps: readonly RemoteApp[]): RemoteApp[] {
    const last = this.cookies.get(request, COOKIE);
    return [...apps.filter(({ name }) => name === last), ...apps.filter(({ name }) => name !== last)];
  }
}
