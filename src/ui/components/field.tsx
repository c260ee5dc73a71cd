import type { VNode } from 'preact';
import type { Messages } from '../messages/messages.js';

interface FieldProps {
  /** The name of the parameter, and the id that ErrorSummary links to. */
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  /** The texts of the button that lets a typed password be looked at; without them there is no button. */
  readonly reveal?: Messages['passwordField'];
  readonly value?: string | undefined;
  /** The autofill token, for example `username webauthn` or `current-password`. */
  readonly autocomplete: string;
  readonly hint?: string;
  /** The fault of the value, in the words of the error summary. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  /** True for a value that is shown and sent and cannot be changed. */
  readonly readOnly?: boolean;
  readonly autofocus?: boolean;
}

/** A labelled input; hint and error are read out with it (WCAG 2.2, 1.3.1 and 3.3.1). */
export function Field({
  name,
  label,
  type = 'text',
  value,
  autocomplete,
  hint,
  error,
  reveal,
  ...rest
}: FieldProps): VNode {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field invalid' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
      <span class="input">
        <input
          id={name}
          name={name}
          // Preact types each kind of input apart; these three take the same attributes.
          type={type as 'text'}
          value={value}
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          required={rest.required}
          readOnly={rest.readOnly}
          autofocus={rest.autofocus}
          aria-describedby={described || undefined}
          aria-invalid={error ? 'true' : undefined}
          data-show={reveal?.show}
          data-show-label={reveal?.showPassword}
          data-hide={reveal?.hide}
          data-hide-label={reveal?.hidePassword}
        />
      </span>
    </div>
  );
}
