import { Global, Module } from '@nestjs/common';
import { ErrorPage } from '../common/errors/error-page.js';
import { replaceable } from '../common/extension/replaceable.js';
import { AssetsController } from './assets.controller.js';
import { BrandStyle } from './brand-style.js';
import { EnglishTexts } from './messages/en.js';
import { PageLanguages } from './messages/page-languages.js';
import { PageLanguagesMetadata } from './messages/page-languages.metadata.js';
import { Pages } from './pages.js';
import { PreactViewRenderer } from './preact-view-renderer.js';
import { ViewErrorPage } from './view-error-page.js';
import { ViewRenderer } from './view-renderer.js';

/** Pages: the shell, the renderer, the error page and the static files. */
@Global()
@Module({
  controllers: [AssetsController],
  providers: [
    BrandStyle,
    EnglishTexts,
    PageLanguages,
    PageLanguagesMetadata,
    Pages,
    ...replaceable(ViewRenderer, PreactViewRenderer),
    { provide: ErrorPage, useClass: ViewErrorPage },
  ],
  exports: [Pages, ErrorPage],
})
export class UiModule {}
