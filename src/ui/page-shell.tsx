import type { ComponentChildren, VNode } from 'preact';
import { type Asset, FAVICON, STYLE_SHEET } from './asset.js';
import { KeystoneMark } from './components/keystone-mark.js';
import type { PageContext } from './page-context.js';

interface PageShellProps {
  readonly title: string;
  readonly width: 'narrow' | 'wide';
  readonly script: Asset;
  readonly page: PageContext;
  readonly children: ComponentChildren;
}

/** The document around every page: language, title, style sheet, header and the main landmark. */
export function PageShell({ title, width, script, page, children }: PageShellProps): VNode {
  const { messages, language, brand, paths } = page;
  return (
    <html lang={language.tag} dir={language.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{messages.shell.documentTitle(title, brand.name)}</title>
        <link rel="icon" type={FAVICON.contentType} href={FAVICON.pathFrom(paths)} />
        <link rel="stylesheet" href={STYLE_SHEET.pathFrom(paths)} />
        <script src={script.pathFrom(paths)} defer />
      </head>
      <body class={width}>
        {width === 'wide' && (
          <a class="skip" href="#main">
            {messages.shell.skipToContent}
          </a>
        )}
        <header class="site">
          <a class="brand" href={paths.home}>
            <KeystoneMark />
            {brand.name}
          </a>
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </body>
    </html>
  );
}
