import type { ComponentChildren, VNode } from 'preact';

interface ButtonProps {
  readonly children: ComponentChildren;
  /** One primary button a page: the way on. */
  readonly kind?: 'primary' | 'secondary' | 'danger';
  /** Sent with the form, so that the server knows which button was pressed. */
  readonly name?: string;
  readonly value?: string;
  /** The id of the form to send, for a button outside it. */
  readonly form?: string;
}

/** Sends a form. */
export function Button({ children, kind = 'primary', ...attributes }: ButtonProps): VNode {
  return (
    <button type="submit" class={`button ${kind}`} {...attributes}>
      {children}
    </button>
  );
}

/** A link that looks like a button: the way on to a page, where nothing is sent. */
export function ButtonLink({ href, kind = 'primary', children }: ButtonLinkProps): VNode {
  return (
    <a class={`button ${kind}`} href={href}>
      {children}
    </a>
  );
}

interface ButtonLinkProps {
  readonly href: string;
  readonly kind?: 'primary' | 'secondary';
  readonly children: ComponentChildren;
}
