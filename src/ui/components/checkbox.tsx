import type { ComponentChildren, VNode } from 'preact';

interface CheckboxProps {
  readonly name: string;
  readonly label: ComponentChildren;
  readonly hint?: string | undefined;
  readonly checked?: boolean;
}

/** One choice that is on or off; sends `name=on`. */
export function Checkbox({ name, label, hint, checked = false }: CheckboxProps): VNode {
  return (
    <div class="checkbox">
      <input type="checkbox" id={name} name={name} checked={checked} aria-describedby={hint && `${name}-hint`} />
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
