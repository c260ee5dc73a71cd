import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { ClientsModule } from '../../../clients/clients.module.js';
import { FormBodyMiddleware } from '../../../common/http/form-body.middleware.js';
import { Paths } from '../../../common/http/paths.js';
import { TokenModule } from '../../../oauth-server/token-endpoint/token.module.js';
import { PageHeadersMiddleware } from '../../../ui/page-headers.middleware.js';
import { FlowCookies } from './flow-cookies.js';
import { PlaygroundController } from './playground.controller.js';
import { PlaygroundRunController } from './playground-run.controller.js';
import { RunSeal } from './run-seal.js';
import { CallApiStep } from './steps/call-api.step.js';
import { ExchangeCodeStep } from './steps/exchange-code.step.js';
import type { PlaygroundStep } from './steps/playground-step.js';
import { PlaygroundSteps } from './steps/playground-steps.js';
import { RefreshStep } from './steps/refresh.step.js';
import { ReplayCodeStep } from './steps/replay-code.step.js';
import { ReuseRefreshTokenStep } from './steps/reuse-refresh-token.step.js';
import { RevokeStep } from './steps/revoke.step.js';
import { TamperedTokenStep } from './steps/tampered-token.step.js';
import { WrongVerifierStep } from './steps/wrong-verifier.step.js';
import { TokenInspector } from './token-inspector.js';
import { Wire } from './wire.js';

const STEPS = [
  ExchangeCodeStep,
  CallApiStep,
  RefreshStep,
  RevokeStep,
  WrongVerifierStep,
  ReplayCodeStep,
  TamperedTokenStep,
  ReuseRefreshTokenStep,
];

/** The playground: a partner app that walks through the code flow in the open. */
@Module({
  imports: [ClientsModule, TokenModule],
  controllers: [PlaygroundController, PlaygroundRunController],
  providers: [
    ...STEPS,
    {
      provide: PlaygroundSteps,
      useFactory: (paths: Paths, ...steps: PlaygroundStep[]) => new PlaygroundSteps(steps, paths),
      inject: [Paths, ...STEPS],
    },
    FlowCookies,
    RunSeal,
    TokenInspector,
    Wire,
  ],
})
export class PlaygroundModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageHeadersMiddleware, FormBodyMiddleware).forRoutes(PlaygroundController, PlaygroundRunController);
  }
}
