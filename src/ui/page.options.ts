import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { OptionGroup } from '../common/config/option-group.js';
import type { PageContext, PageSlots } from './page-context.js';
import type { View } from './view-renderer.js';

/** The body of a page, in place of ours. Forms need `page.csrfToken` as the hidden field `csrf_token`. */
export type PageBody<Model> = (model: Model, page: PageContext) => ComponentChildren;

/** The bodies of pages by the names of their views. */
export type PageBodies<Views> = {
  readonly [Name in keyof Views]?: Views[Name] extends View<infer Model> ? PageBody<Model> : never;
};

/** The group `pages`: parts and bodies in place of ours. */
export abstract class PageOptions {
  abstract readonly slots: PageSlots;
  abstract readonly bodies: Readonly<Record<string, PageBody<never>>>;
}

const SLOTS = ['head', 'header', 'footer'];

/** The group `pages`, for pages of these names. */
export function pageGroup(views: Readonly<Record<string, unknown>>): OptionGroup<PageOptions> {
  const names = Object.keys(views);
  const fault = `is no page; there are ${names.join(', ')}, and the parts ${SLOTS.join(', ')}`;
  const aFunction = z.custom<PageBody<never>>((value) => typeof value === 'function', { error: 'must be a function' });
  const rule = z.record(z.string(), aFunction.optional()).transform((given, { addIssue }) => {
    for (const name of Object.keys(given)) {
      if (!names.includes(name) && !SLOTS.includes(name)) addIssue({ code: 'custom', path: [name], message: fault });
    }
    const entries = Object.entries(given).filter(([, body]) => body !== undefined) as [string, PageBody<never>][];
    return {
      slots: Object.fromEntries(entries.filter(([name]) => SLOTS.includes(name))) as PageSlots,
      bodies: Object.fromEntries(entries.filter(([name]) => !SLOTS.includes(name))),
    };
  });
  return { token: PageOptions, rule };
}
