import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { FormBodyMiddleware } from '../../common/form/form-body.middleware.js';
import { PageHeadersMiddleware } from '../../ui/page-headers.middleware.js';
import { RevocationFeedModule } from '../revocation/revocation-feed.module.js';
import { AuthorizationRepository } from './authorization.repository.js';
import { AuthorizationsController } from './authorizations.controller.js';

/** What end users allow which clients, and the page on which they take it back. */
@Module({
  imports: [ClientsModule, RevocationFeedModule],
  controllers: [AuthorizationsController],
  providers: [AuthorizationRepository],
  exports: [AuthorizationRepository],
})
export class AuthorizationModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageHeadersMiddleware, FormBodyMiddleware).forRoutes(AuthorizationsController);
  }
}
