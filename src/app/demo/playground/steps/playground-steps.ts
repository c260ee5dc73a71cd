import { InvalidRequestError } from '../../../../common/errors/rfc6749.errors.js';
import type { Paths } from '../../../../common/http/paths.js';
import { ROUTES } from '../../../../common/http/routes.js';
import { hasTaken, type Run } from '../run.js';
import type { PlaygroundStep } from './playground-step.js';

/** Every step of the playground, in the order of the buttons. */
export class PlaygroundSteps {
  constructor(
    private readonly steps: readonly PlaygroundStep[],
    private readonly paths: Paths,
  ) {}

  /** The steps of this kind that a run can take next; steps that were not taken yet come first. */
  offered(run: Run, kind: PlaygroundStep['kind']): readonly PlaygroundStep[] {
    return this.steps
      .filter((step) => step.kind === kind && step.isOffered(run))
      .sort((a, b) => Number(hasTaken(run, a.name)) - Number(hasTaken(run, b.name)));
  }

  /** The step that a button names. Raises InvalidRequestError where the run does not offer it. */
  find(run: Run, name: string | undefined): PlaygroundStep {
    const step = this.steps.find((each) => each.name === name);
    if (step?.isOffered(run)) return step;
    throw new InvalidRequestError({
      description: 'This step cannot be taken now',
      wayOn: { label: 'Open the playground', href: this.paths.to(ROUTES.playground) },
    });
  }
}
