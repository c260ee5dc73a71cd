import { Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Issuer } from '../../../common/config/issuer.js';
import { OwnController } from '../../../common/http/own-controller.decorator.js';
import { Public } from '../../../common/http/route-access.js';
import { ROUTES } from '../../../common/http/routes.js';
import { Pages } from '../../../ui/pages.js';
import { DemoData } from '../demo-data.js';
import { landingPage } from './landing.page.js';
import { Visitor } from './visitor.js';

/** The landing page, in the place of a start page. */
@Public()
@OwnController()
export class LandingController {
  constructor(
    private readonly visitor: Visitor,
    private readonly pages: Pages,
    private readonly issuer: Issuer,
    private readonly demo: DemoData,
  ) {}

  @Get(ROUTES.home)
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.pages.show(request, response, landingPage, {
      accountLabel: await this.visitor.label(request),
      signInUrl: this.visitor.signInUrl(),
      demoAccounts: this.demo.users.map(({ email, password = '' }) => ({ email, password })),
      issuer: this.issuer.url,
    });
  }
}
