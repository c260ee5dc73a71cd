import { Get, Header, HttpStatus, Res } from '@nestjs/common';
import type { Response } from 'express';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { Readiness, type ReadinessReport } from './readiness.js';

/** Answers an orchestrator: whether the process lives, and whether it may get requests. */
@Public()
@OwnController()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Never asks the database, because restarting this process would not bring the database back. */
  @Get(ROUTES.live)
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while a part is down, and from the moment on that the process is to stop. */
  @Get(ROUTES.ready)
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    if (report.status !== 'ok') response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return report;
  }
}
