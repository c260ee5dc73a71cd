import { Injectable } from '@nestjs/common';
import { render } from 'preact-render-to-string';
import { PageShell } from './page-shell.js';
import { type View, ViewRenderer } from './view-renderer.js';

/** Renders views on the server with Preact, which escapes by default; no script is needed in the browser. */
@Injectable()
export class PreactViewRenderer extends ViewRenderer {
  render<Model>(view: View<Model>, model: Model): string {
    const title = view.isInvalid?.(model) ? `Error: ${view.title(model)}` : view.title(model);
    const page = (
      <PageShell title={title} width={view.width ?? 'narrow'}>
        {view.body(model)}
      </PageShell>
    );
    return `<!DOCTYPE html>${render(page)}`;
  }
}
