import { Controller, Get, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CsrfProtection } from '../../common/csrf-protection.js';
import { InvalidRequestError } from '../../common/errors/invalid-request.error.js';
import { type FormParameters, queryParametersOf } from '../../common/form/form-parameters.js';
import { Issuer } from '../../common/issuer.js';
import { Public } from '../../common/public.decorator.js';
import { ViewRenderer } from '../../ui/view-renderer.js';
import { runFromCallback } from './callback.js';
import { FlowCookies } from './flow-cookies.js';
import { PlaygroundGuard } from './playground.guard.js';
import { hasTaken, type Run } from './run.js';
import { type Offer, runPage } from './run.page.js';
import { RunSeal } from './run-seal.js';
import { PLAYGROUND_STEPS, type PlaygroundStep } from './steps/playground-step.js';

/** The playground from the callback on: every button takes one step and shows what it did. */
@Public()
@UseGuards(PlaygroundGuard)
@Controller('playground')
export class PlaygroundRunController {
  constructor(
    @Inject(PLAYGROUND_STEPS) private readonly steps: readonly PlaygroundStep[],
    private readonly flows: FlowCookies,
    private readonly runs: RunSeal,
    private readonly csrf: CsrfProtection,
    private readonly views: ViewRenderer,
    private readonly issuer: Issuer,
  ) {}

  /** The redirect URI of the playground's client. */
  @Get('callback')
  callback(@Req() request: Request, @Res() response: Response): void {
    const parameters = queryParametersOf(request);
    const flow = this.flows.find(request, parameters.state);
    this.#show(runFromCallback(parameters, flow, this.issuer), 'callback', request, response);
  }

  /** Takes the step that the button names, or shows an earlier one again. */
  @Post('run')
  @HttpCode(200)
  async take(@Req() request: Request, @Res() response: Response): Promise<void> {
    const form = request.body as FormParameters;
    this.csrf.check(request, form);
    const run = this.runs.open(form.run);
    if (form.show !== undefined) return this.#show(run, form.show, request, response);
    const step = this.steps.find(({ name }) => name === form.step);
    if (step === undefined || !step.isOffered(run)) {
      throw new InvalidRequestError({
        description: 'This step cannot be taken now',
        wayOn: { label: 'Open the playground', href: '/playground' },
      });
    }
    const next = await step.take(run);
    if (next.tokens !== undefined) this.flows.forget(response, run.flow);
    this.#show(next, step.name, request, response);
  }

  #show(run: Run, shown: string, request: Request, response: Response): void {
    const chapter = run.chapters.find(({ step }) => step === shown) ?? run.chapters[0];
    if (chapter === undefined) return;
    const page = this.views.render(runPage, {
      csrfToken: this.csrf.tokenFor(request, response),
      sealedRun: this.runs.seal(run),
      chapter,
      taken: run.chapters.map(({ step }) => step),
      waysOn: this.#offers(run, 'way-on'),
      lessons: this.#offers(run, 'lesson'),
    });
    response.type('html').end(page);
  }

  /** Steps not taken yet come first. */
  #offers(run: Run, kind: PlaygroundStep['kind']): Offer[] {
    return this.steps
      .filter((step) => step.kind === kind && step.isOffered(run))
      .sort((a, b) => Number(hasTaken(run, a.name)) - Number(hasTaken(run, b.name)))
      .map((step) => ({ step: step.name, label: step.label, hint: step.hint?.(run) }));
  }
}
