import type { ComponentChildren, VNode } from 'preact';

/** The document around every page: language, title, style sheet and the main landmark. */
export function PageShell({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} – Gatehouse`}</title>
        <link rel="stylesheet" href="/assets/gatehouse.css" />
      </head>
      <body>
        <main>{children}</main>
      </body>
    </html>
  );
}
