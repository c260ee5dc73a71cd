import type { ComponentChildren, VNode } from 'preact';
import { type Asset, FAVICON, STYLE_SHEET } from './asset.js';
import type { Brand } from './brand.js';
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
  const { messages, language, brand, brandStyle, paths, slots } = page;
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
        {brandStyle && <link rel="stylesheet" href={brandStyle.pathFrom(paths)} />}
        <script src={script.pathFrom(paths)} defer />
        {slots.head?.(page)}
      </head>
      <body class={width}>
        {width === 'wide' && (
          <a class="skip" href="#main">
            {messages.shell.skipToContent}
          </a>
        )}
        <header class="site">
          {slots.header?.(page) ?? (
            <a class="brand" href={paths.home}>
              <Logo brand={brand} />
              {brand.name}
            </a>
          )}
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Footer page={page} />
      </body>
    </html>
  );
}

/** Decorative, since the name stands beside it. */
function Logo({ brand: { logo, logoDark } }: { brand: Brand }): VNode {
  if (logo === undefined) return <KeystoneMark />;
  return (
    <picture>
      {logoDark !== undefined && <source srcset={logoDark} media="(prefers-color-scheme: dark)" />}
      <img class="logo" src={logo} alt="" height="32" />
    </picture>
  );
}

function Footer({ page }: { page: PageContext }): VNode | null {
  const { brand, slots, messages } = page;
  const links = [
    { href: brand.supportUrl, text: messages.shell.support },
    { href: brand.privacyUrl, text: messages.shell.privacy },
    { href: brand.termsUrl, text: messages.shell.terms },
  ].flatMap(({ href, text }) => (href === undefined ? [] : [<a href={href}>{text}</a>]));
  if (slots.footer === undefined && links.length === 0) return null;
  return <footer class="site-foot">{slots.footer?.(page) ?? links}</footer>;
}
