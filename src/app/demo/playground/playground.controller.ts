import { Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ClientRegistry } from '../../../clients/client-registry.js';
import { CsrfProtection } from '../../../common/http/csrf-protection.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { OwnController } from '../../../common/http/own-controller.decorator.js';
import { Paths } from '../../../common/http/paths.js';
import { Public } from '../../../common/http/route-access.js';
import { ROUTES } from '../../../common/http/routes.js';
import { parseScope } from '../../../common/scope.js';
import { ScopeRegistry } from '../../../scopes/scope-registry.js';
import { Pages } from '../../../ui/pages.js';
import { authorizationUrl, explain, newFlow, PLAYGROUND_CLIENT, withChoices } from './authorization-request.js';
import { FlowCookies } from './flow-cookies.js';
import { requestPage } from './request.page.js';
import type { Flow } from './run.js';

/** The playground's first stage: builds an authorization request and sends the browser off with it. */
@Public()
@OwnController()
export class PlaygroundController {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly scopes: ScopeRegistry,
    private readonly flows: FlowCookies,
    private readonly csrf: CsrfProtection,
    private readonly pages: Pages,
    private readonly paths: Paths,
  ) {}

  @Get(ROUTES.playground)
  async begin(@Req() request: Request, @Res() response: Response): Promise<void> {
    const scopes = await this.#scopes();
    this.#show(newFlow(this.paths.url(ROUTES.playgroundCallback), scopes.join(' ')), scopes, request, response);
  }

  /** Takes the choices; with `send` the browser goes to the authorization endpoint, otherwise the page shows again. */
  @Post(ROUTES.playground)
  @HttpCode(200)
  async choose(@Req() request: Request, @Res() response: Response): Promise<void> {
    const form = request.body as FormParameters;
    this.csrf.check(request, form);
    const scopes = await this.#scopes();
    const chosen = scopes.filter((scope) => form.get(`scope_${scope}`) !== undefined);
    const drawn = this.flows.open(form.get('flow')) ?? newFlow(this.paths.url(ROUTES.playgroundCallback), '');
    const flow = withChoices(drawn, chosen.join(' '), form.get('prompt') ?? '');
    if (form.get('send') === undefined) return this.#show(flow, scopes, request, response);
    this.flows.remember(response, flow);
    response.redirect(303, authorizationUrl(flow.parameters, this.paths));
  }

  #show(flow: Flow, scopes: readonly string[], request: Request, response: Response): void {
    const chosen = parseScope(flow.parameters.scope ?? '');
    this.pages.show(request, response, requestPage, {
      sealedFlow: this.flows.seal(flow),
      scopes: scopes.map((name) => ({
        name,
        description: this.scopes.describe(name),
        isChosen: chosen.includes(name),
      })),
      prompt: flow.parameters.prompt ?? '',
      url: authorizationUrl(flow.parameters, this.paths),
      parameters: explain(flow.parameters),
    });
  }

  /** The scopes of the client; none when somebody has removed it, which the authorization endpoint then says. */
  async #scopes(): Promise<readonly string[]> {
    return (await this.clients.find(PLAYGROUND_CLIENT))?.scopes ?? [];
  }
}
