import type { VNode } from 'preact';

/** One stage of the flow, in order. */
const STAGES = [
  ['request', 'Build the request'],
  ['sign-in', 'Sign in and allow'],
  ['callback', 'Check the answer'],
  ['exchange', 'Exchange the code'],
  ['call', 'Call the API'],
  ['refresh', 'Refresh'],
  ['revoke', 'Revoke'],
] as const;

interface StepperProps {
  /** The step on show. */
  readonly current: string;
  /** Steps with a chapter to look at again. */
  readonly taken: readonly string[];
  /** The id of the form that carries the run. */
  readonly form: string;
}

/** The whole flow at a glance; a stage that was taken opens again. */
export function Stepper({ current, taken, form }: StepperProps): VNode {
  const isBehind = (step: string) => taken.length > 0 && (step === 'request' || step === 'sign-in');
  return (
    <nav class="stepper" aria-label="Steps of the flow">
      <ol>
        {STAGES.map(([step, label]) => (
          <li
            class={taken.includes(step) || isBehind(step) ? 'done' : undefined}
            aria-current={step === current ? 'step' : undefined}
          >
            {taken.includes(step) && step !== current ? (
              <button type="submit" form={form} name="show" value={step}>
                {label}
              </button>
            ) : (
              <span>{label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
