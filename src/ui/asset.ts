import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Paths } from '../common/http/paths.js';
import { ROUTES } from '../common/http/routes.js';

/** A static file of the pages, under an address that changes with its content and so may be cached for ever. */
export class Asset {
  readonly body: Buffer;
  /** The last part of the address, for example `gatehouse.3f0c9a1b2d.css`. */
  readonly fileName: string;

  /** `body` is the file of this name in `assets/`, unless another content is given. */
  constructor(
    name: string,
    extension: string,
    readonly contentType: string,
    body = readFileSync(new URL(`assets/${name}.${extension}`, import.meta.url)),
  ) {
    this.body = body;
    const hash = createHash('sha256').update(this.body).digest('hex').slice(0, 10);
    this.fileName = `${name}.${hash}.${extension}`;
  }

  /** The path by which pages link to the file. */
  pathFrom(paths: Paths): string {
    return paths.to(ROUTES.asset, { fileName: this.fileName });
  }
}

/** The one style sheet. */
export const STYLE_SHEET = new Asset('gatehouse', 'css', 'text/css; charset=utf-8');

/** The script for comfort: copy buttons, and a look at the typed password. Every page works without it. */
export const SCRIPT = new Asset('gatehouse', 'js', 'text/javascript; charset=utf-8');

/**
 * Sends the first form of a page at once. The script is a file of its own, so that a browser which cannot read the
 * other script still runs this one.
 */
export const SUBMIT_SCRIPT = new Asset('submit-form', 'js', 'text/javascript; charset=utf-8');

/** The keystone, as in the header of every page. */
export const FAVICON = new Asset('keystone', 'svg', 'image/svg+xml');
