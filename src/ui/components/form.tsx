import type { ComponentChildren, VNode } from 'preact';
import { CSRF_FIELD } from '../../common/http/csrf-protection.js';

interface FormProps {
  /** A path of this server. */
  readonly action: string;
  /** The value of the hidden field, from CsrfProtection.tokenFor. */
  readonly csrfToken: string;
  /** The id by which a button elsewhere on the page can send the form. */
  readonly id?: string;
  /** Further hidden fields; those without a value are left out. */
  readonly hidden?: Readonly<Record<string, string | undefined>>;
  readonly children?: ComponentChildren;
}

/** A form that is posted, with the hidden field against cross-site request forgery. Errors are told by our pages. */
export function Form({ action, csrfToken, id, hidden = {}, children }: FormProps): VNode {
  return (
    <form method="post" action={action} id={id} noValidate>
      <input type="hidden" name={CSRF_FIELD} value={csrfToken} />
      {Object.entries(hidden).map(
        ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
      )}
      {children}
    </form>
  );
}
