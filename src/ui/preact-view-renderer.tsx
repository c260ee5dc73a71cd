import { Injectable } from '@nestjs/common';
import { render } from 'preact-render-to-string';
import { PageShell } from './page-shell.js';
import { type View, ViewRenderer } from './view-renderer.js';

/** Renders views on the server with Preact, which escapes by default; no script is needed in the browser. */
@Injectable()
export class PreactViewRenderer extends ViewRenderer {
  render<Model>(view: View<Model>, model: Model): string {
    return `<!DOCTYPE html>${render(<PageShell title={view.title(model)}>{view.body(model)}</PageShell>)}`;
  }
}
