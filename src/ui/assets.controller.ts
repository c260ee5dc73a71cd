import { Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { OwnController } from '../common/http/own-controller.decorator.js';
import { Public } from '../common/http/route-access.js';
import { ROUTES } from '../common/http/routes.js';
import { type Asset, FAVICON, SCRIPT, STYLE_SHEET, SUBMIT_SCRIPT } from './asset.js';
import { BrandStyle } from './brand-style.js';

const ASSETS = [STYLE_SHEET, SCRIPT, SUBMIT_SCRIPT, FAVICON];

/** Serves the static files of the pages. An address names one content, so a browser need never ask twice. */
@Public()
@OwnController()
export class AssetsController {
  readonly #assets: ReadonlyMap<string, Asset>;

  constructor({ asset }: BrandStyle) {
    this.#assets = new Map([...ASSETS, ...(asset ? [asset] : [])].map((each) => [each.fileName, each]));
  }

  @Get(ROUTES.asset)
  serve(@Param('fileName') fileName: string, @Res() response: Response): void {
    const asset = this.#assets.get(fileName);
    if (asset === undefined) throw new NotFoundException();
    response.set({
      'Content-Type': asset.contentType,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(asset.body);
  }
}
