import { Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { OwnController } from '../common/http/own-controller.decorator.js';
import { Public } from '../common/http/route-access.js';
import { ROUTES } from '../common/http/routes.js';
import { FAVICON, SCRIPT, STYLE_SHEET, SUBMIT_SCRIPT } from './asset.js';

const ASSETS = new Map([STYLE_SHEET, SCRIPT, SUBMIT_SCRIPT, FAVICON].map((asset) => [asset.fileName, asset]));

/** Serves the static files of the pages. An address names one content, so a browser need never ask twice. */
@Public()
@OwnController()
export class AssetsController {
  @Get(ROUTES.asset)
  serve(@Param('fileName') fileName: string, @Res() response: Response): void {
    const asset = ASSETS.get(fileName);
    if (asset === undefined) throw new NotFoundException();
    response.set({
      'Content-Type': asset.contentType,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(asset.body);
  }
}
