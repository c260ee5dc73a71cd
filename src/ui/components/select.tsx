import type { VNode } from 'preact';

interface SelectProps {
  readonly name: string;
  readonly label: string;
  /** Value and text of each choice. */
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly value?: string | undefined;
}

/** One of a few choices. */
export function Select({ name, label, options, value }: SelectProps): VNode {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
