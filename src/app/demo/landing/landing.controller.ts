import { Controller, Get, Optional, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ClientRegistry } from '../../../clients/client-registry.js';
import { Issuer } from '../../../common/config/issuer.js';
import { Public } from '../../../common/http/route-access.js';
import { ROUTES } from '../../../common/http/routes.js';
import { Pages } from '../../../ui/pages.js';
import { DemoAccounts } from '../data/demo-accounts.js';
import { PLAYGROUND_CLIENT } from '../playground/authorization-request.js';
import { Visitor } from '../playground/visitor.js';
import { landingPage } from './landing.page.js';

/** The start page. */
@Public()
@Controller()
export class LandingController {
  constructor(
    private readonly visitor: Visitor,
    private readonly clients: ClientRegistry,
    private readonly pages: Pages,
    private readonly issuer: Issuer,
    @Optional() private readonly demo?: DemoAccounts,
  ) {}

  @Get(ROUTES.home)
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.pages.show(request, response, landingPage, {
      accountLabel: await this.visitor.label(request),
      signInUrl: this.visitor.signInUrl(),
      hasPlayground: (await this.clients.find(PLAYGROUND_CLIENT)) !== undefined,
      demoAccounts: this.demo?.accounts ?? [],
      issuer: this.issuer.url,
    });
  }
}
