import { Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Issuer } from '../../../common/config/issuer.js';
import { CsrfProtection } from '../../../common/http/csrf-protection.js';
import { FormParameters } from '../../../common/http/form-parameters.js';
import { OwnController } from '../../../common/http/own-controller.decorator.js';
import { Paths } from '../../../common/http/paths.js';
import { Public } from '../../../common/http/route-access.js';
import { ROUTES } from '../../../common/http/routes.js';
import { Pages } from '../../../ui/pages.js';
import { runFromCallback } from './callback.js';
import { FlowCookies } from './flow-cookies.js';
import type { Run } from './run.js';
import { type Offer, runPage } from './run.page.js';
import { RunSeal } from './run-seal.js';
import type { PlaygroundStep } from './steps/playground-step.js';
import { PlaygroundSteps } from './steps/playground-steps.js';

/** The playground from the callback on: every button takes one step and shows what it did. */
@Public()
@OwnController()
export class PlaygroundRunController {
  constructor(
    private readonly steps: PlaygroundSteps,
    private readonly flows: FlowCookies,
    private readonly runs: RunSeal,
    private readonly csrf: CsrfProtection,
    private readonly pages: Pages,
    private readonly issuer: Issuer,
    private readonly paths: Paths,
  ) {}

  /** The redirect URI of the playground's client. */
  @Get(ROUTES.playgroundCallback)
  callback(@Req() request: Request, @Res() response: Response): void {
    const parameters = FormParameters.parseQuery(request);
    const flow = this.flows.find(request, parameters.get('state'));
    this.#show(runFromCallback(parameters, flow, this.issuer, this.paths), 'callback', request, response);
  }

  /** Takes the step that the button names, or shows an earlier one again. */
  @Post(ROUTES.playgroundRun)
  @HttpCode(200)
  async take(@Req() request: Request, @Res() response: Response): Promise<void> {
    const form = request.body as FormParameters;
    this.csrf.check(request, form);
    const run = this.runs.open(form.get('run'));
    const shown = form.get('show');
    if (shown !== undefined) return this.#show(run, shown, request, response);
    const step = this.steps.find(run, form.get('step'));
    const next = await step.take(run);
    if (next.tokens !== undefined) this.flows.forget(response, run.flow);
    this.#show(next, step.name, request, response);
  }

  #show(run: Run, shown: string, request: Request, response: Response): void {
    const chapter = run.chapters.find(({ step }) => step === shown) ?? run.chapters[0];
    if (chapter === undefined) return;
    this.pages.show(request, response, runPage, {
      sealedRun: this.runs.seal(run),
      chapter,
      taken: run.chapters.map(({ step }) => step),
      waysOn: this.#offers(run, 'way-on'),
      lessons: this.#offers(run, 'lesson'),
    });
  }

  #offers(run: Run, kind: PlaygroundStep['kind']): Offer[] {
    const offered = this.steps.offered(run, kind);
    return offered.map((step) => ({ step: step.name, label: step.label, hint: step.hint?.(run) }));
  }
}
