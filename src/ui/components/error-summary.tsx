import type { VNode } from 'preact';

/** One thing to put right, with a link to its field where there is one. */
export interface FieldError {
  readonly field?: string;
  readonly message: string;
}

/**
 * The list of things to put right, above the heading. The list takes the focus when the page opens; without errors
 * nothing is shown.
 */
export function ErrorSummary({ title, errors }: { title: string; errors: readonly FieldError[] }): VNode | null {
  if (errors.length === 0) return null;
  return (
    <div class="error-summary" role="alert" aria-labelledby="error-summary-title" tabIndex={-1} autofocus>
      <h2 id="error-summary-title">{title}</h2>
      <ul>
        {errors.map(({ field, message }) => (
          <li>{field === undefined ? message : <a href={`#${field}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
