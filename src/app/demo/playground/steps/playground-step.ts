import type { Run } from '../run.js';

/** One thing that the partner app can do next. */
export interface PlaygroundStep {
  /** The value of its button. */
  readonly name: string;
  /** `way-on` leads through the flow, in the order of the list; `lesson` breaks a rule on purpose. */
  readonly kind: 'way-on' | 'lesson';
  /** The text of its button. */
  readonly label: string;
  /** The text beside the button of a lesson, on what it will show. */
  hint?(run: Run): string;
  /** False while something that the step needs is missing. */
  isOffered(run: Run): boolean;
  /** Takes the step by real requests, and adds the chapter that tells of it. */
  take(run: Run): Promise<Run>;
}
