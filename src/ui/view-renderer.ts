import type { VNode } from 'preact';

/** A page: its name for overrides, its title and its body, both of a typed view model. */
export interface View<Model> {
  readonly name: string;
  title(model: Model): string;
  body(model: Model): VNode;
}

/** Port: turns a view and its model into an HTML document. Replace it to render pages in a way of your own. */
export abstract class ViewRenderer {
  abstract render<Model>(view: View<Model>, model: Model): string;
}
