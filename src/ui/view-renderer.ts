import type { ComponentChildren } from 'preact';
import type { Asset } from './asset.js';
import type { PageContext } from './page-context.js';

/** A page: its name for overrides, its title and its body, both of a typed view model. */
export interface View<Model> {
  readonly name: string;
  /** `narrow` (the default) for one task in one column; `wide` for pages of several sections. */
  readonly width?: 'narrow' | 'wide';
  /** A script of the page's own, in the place of the script of every page. */
  readonly script?: Asset;
  /** The task, without the product's name; equals the h1. */
  title(model: Model, page: PageContext): string;
  body(model: Model, page: PageContext): ComponentChildren;
  /** True when the page asks for something to be put right; the document's title then says so. */
  isInvalid?(model: Model): boolean;
}

/** Port: turns a view and its model into an HTML document. Replace this class to render pages in a way of your own. */
export abstract class ViewRenderer {
  /** Renders a whole HTML document. Every text of the model must be escaped. */
  abstract render<Model>(view: View<Model>, model: Model, page: PageContext): string;
}
