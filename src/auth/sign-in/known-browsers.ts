import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { digestOf, randomText } from '../../common/crypto/random-token.js';
import { Cookies } from '../../common/http/cookies.js';

const COOKIE = 'device';
const PURPOSE = 'known browser';
/** The lifetime of the cookie: as long as browsers keep one (RFC 6265bis section 5.5). */
const LIFETIME_SECONDS = 400 * 86_400;
/** How many accounts the cookie names, the latest ones, so that it stays short on a browser that many share. */
const MAX_ACCOUNTS = 10;

/** The sealed content of the cookie. */
interface KnownBrowser {
  readonly name: string;
  /** Digests of the subjects who signed in by it, the latest first. */
  readonly accounts: readonly string[];
}

/**
 * Recognises a browser by which somebody has signed in before, and to which accounts, by a sealed cookie that outlives
 * the sign-in session. A stranger who guesses at an account has no such cookie, and so cannot use up the tries of its
 * owner at that browser. The cookie proves nothing else: the password is still needed.
 */
@Injectable()
export class KnownBrowsers {
  constructor(
    private readonly cookies: Cookies,
    private readonly keys: KeyRing,
  ) {}

  /** The name of this browser if this subject has signed in by it before. */
  nameFor(request: Request, subject: string): string | undefined {
    const known = this.#read(request);
    return known?.accounts.includes(accountOf(subject)) ? known.name : undefined;
  }

  /** Notes that this subject has just signed in by this browser. */
  remember(request: Request, response: Response, subject: string): void {
    const { name, accounts } = this.#read(request) ?? { name: randomText(), accounts: [] };
    const account = accountOf(subject);
    const others = accounts.filter((each) => each !== account);
    const known: KnownBrowser = { name, accounts: [account, ...others].slice(0, MAX_ACCOUNTS) };
    this.cookies.set(response, COOKIE, this.keys.sealJson(known, PURPOSE), { maxAgeSeconds: LIFETIME_SECONDS });
  }

  #read(request: Request): KnownBrowser | undefined {
    const sealed = this.cookies.get(request, COOKIE);
    return sealed === undefined ? undefined : this.keys.openJson<KnownBrowser>(sealed, PURPOSE);
  }
}

/** Half a SHA-256: enough to tell accounts apart, and a cookie that leaks names nobody. */
function accountOf(subject: string): string {
  return digestOf(subject).toString('base64url', 0, 16);
}
