import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { FormBodyMiddleware } from '../common/http/form-body.middleware.js';
import { StorageModule } from '../oauth-server/storage/storage.module.js';
import { PageHeadersMiddleware } from '../ui/page-headers.middleware.js';
import { AuthorizationsController } from './authorizations/authorizations.controller.js';

/** Pages for end users about what is theirs: so far what they allowed to which clients. */
@Module({ imports: [StorageModule, ClientsModule], controllers: [AuthorizationsController] })
export class PortalModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageHeadersMiddleware, FormBodyMiddleware).forRoutes(AuthorizationsController);
  }
}
