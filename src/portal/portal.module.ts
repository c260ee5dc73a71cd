import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { FormBodyMiddleware } from '../common/http/form-body.middleware.js';
import { StorageModule } from '../oauth-server/storage/storage.module.js';
import { PageHeadersMiddleware } from '../ui/page-headers.middleware.js';
import { UsersModule } from '../users/users.module.js';
import { AuthorizationsController } from './authorizations/authorizations.controller.js';
import { LoginsController } from './logins/logins.controller.js';

/** Pages for end users about what is theirs: what they allowed to which clients, and how they sign in. */
@Module({
  imports: [StorageModule, ClientsModule, UsersModule],
  controllers: [AuthorizationsController, LoginsController],
})
export class PortalModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageHeadersMiddleware, FormBodyMiddleware).forRoutes(AuthorizationsController, LoginsController);
  }
}
