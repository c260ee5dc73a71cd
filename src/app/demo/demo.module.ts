import { type MiddlewareConsumer, Module, type NestModule, type OnApplicationBootstrap } from '@nestjs/common';
import { BootstrapModule } from '../../bootstrap/bootstrap.module.js';
import { BootstrapLoader } from '../../bootstrap/bootstrap-loader.js';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { Paths } from '../../common/http/paths.js';
import { PageHeadersMiddleware } from '../../ui/page-headers.middleware.js';
import { UsersModule } from '../../users/users.module.js';
import { bootstrapFaults } from '../bootstrap/bootstrap-file.js';
import { DemoApiController } from './api/demo-api.controller.js';
import { DemoData, demoData } from './demo-data.js';
import { LandingController } from './landing/landing.controller.js';
import { Visitor } from './landing/visitor.js';
import { PlaygroundModule } from './playground/playground.module.js';

/**
 * The shop window: the landing page, the playground, a guarded example API, and the accounts and clients to try them
 * with, which it stores at every start. It is loaded only where DEMO is on, so nothing else may import its folder.
 */
@Module({
  imports: [BootstrapModule, PlaygroundModule, UsersModule],
  controllers: [LandingController, DemoApiController],
  providers: [Visitor, { provide: DemoData, useFactory: demoData, inject: [Paths, KeyRing] }],
})
export class DemoModule implements NestModule, OnApplicationBootstrap {
  constructor(
    private readonly data: DemoData,
    private readonly loader: BootstrapLoader,
  ) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageHeadersMiddleware).forRoutes(LandingController);
  }

  onApplicationBootstrap(): Promise<void> {
    return this.loader.load(this.data, bootstrapFaults('the demo data'));
  }
}
