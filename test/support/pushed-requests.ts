import { Controller, Injectable, type MiddlewareConsumer, Module, Post, Req, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request, Response } from 'express';
import { OAuthError } from '../../src/common/errors/oauth-error.js';
import { FormBodyMiddleware } from '../../src/common/http/form-body.middleware.js';
import { Public } from '../../src/common/http/route-access.js';
import { Answer } from '../../src/oauth-server/authorization-endpoint/answer.js';
import { AuthorizationPipeline } from '../../src/oauth-server/authorization-endpoint/authorization.pipeline.js';
import { inOrder, type Step } from '../../src/oauth-server/authorization-endpoint/step.js';
import { CheckClientStep } from '../../src/oauth-server/authorization-endpoint/steps/check-client.step.js';
import { CheckRedirectUriStep } from '../../src/oauth-server/authorization-endpoint/steps/check-redirect-uri.step.js';
import { CheckResponseTypeStep } from '../../src/oauth-server/authorization-endpoint/steps/check-response-type.step.js';
import { CheckScopeStep } from '../../src/oauth-server/authorization-endpoint/steps/check-scope.step.js';
import { ReadParametersStep } from '../../src/oauth-server/authorization-endpoint/steps/read-parameters.step.js';
import { Pages } from '../../src/ui/pages.js';

/** Tells a program what a pushed authorization request asks for. */
@Injectable()
class TellScopesStep implements Step {
  run({ scopes }: { scopes: readonly string[] }): Answer {
    return Answer.json({ request_uri: 'urn:example:pushed', scopes }, 201);
  }
}

/** A fourth endpoint: one more name in the rows it takes, and a step of its own at the end. */
const STEPS = inOrder([
  [ReadParametersStep, 'authorize', 'pushed'],
  [CheckClientStep, 'authorize', 'pushed'],
  [CheckRedirectUriStep, 'authorize', 'pushed'],
  [CheckResponseTypeStep, 'authorize', 'pushed'],
  [CheckScopeStep, 'authorize', 'pushed'],
  [TellScopesStep, 'pushed'],
]);

/** Takes authorization requests that a client pushes, in the manner of RFC 9126, and answers each with JSON. */
@Public()
@Controller()
class PushedRequestController {
  constructor(
    private readonly pipeline: AuthorizationPipeline<typeof STEPS>,
    private readonly pages: Pages,
  ) {}

  @Post('pushed')
  async answer(@Req() request: Request, @Res() response: Response): Promise<void> {
    const answer = await this.pipeline.run({ endpoint: { name: 'pushed', refuse }, request, response });
    answer.send(request, response, this.pages);
  }
}

function refuse(_context: object, error: unknown): Answer {
  if (!(error instanceof OAuthError)) throw error;
  return Answer.json({ error: error.code, error_description: error.description }, error.statusCode);
}

/** Adds the endpoint POST /pushed to a server. */
@Module({
  controllers: [PushedRequestController],
  providers: [
    TellScopesStep,
    {
      provide: AuthorizationPipeline,
      useFactory: (modules: ModuleRef) => new AuthorizationPipeline(STEPS, modules),
      inject: [ModuleRef],
    },
  ],
})
export class PushedRequestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FormBodyMiddleware).forRoutes(PushedRequestController);
  }
}
