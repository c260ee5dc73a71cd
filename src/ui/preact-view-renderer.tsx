import { Injectable } from '@nestjs/common';
import { render } from 'preact-render-to-string';
import { SCRIPT } from './asset.js';
import type { PageContext } from './page-context.js';
import { PageShell } from './page-shell.js';
import { type View, ViewRenderer } from './view-renderer.js';

/** Renders views on the server with Preact, which escapes by default; no script is needed in the browser. */
@Injectable()
export class PreactViewRenderer extends ViewRenderer {
  render<Model>(view: View<Model>, model: Model, page: PageContext): string {
    const task = view.title(model, page);
    const title = view.isInvalid?.(model) ? page.messages.shell.invalidTask(task) : task;
    const html = render(
      <PageShell title={title} width={view.width ?? 'narrow'} script={view.script ?? SCRIPT} page={page}>
        {view.body(model, page)}
      </PageShell>,
    );
    return `<!DOCTYPE html>${html}`;
  }
}
