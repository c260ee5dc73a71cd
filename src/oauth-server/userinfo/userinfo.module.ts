import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CrossOriginMiddleware } from '../../common/http/cross-origin.middleware.js';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { UsersModule } from '../../users/users.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { UserinfoController } from './userinfo.controller.js';
import { UserinfoMetadata } from './userinfo.metadata.js';

/** The userinfo endpoint. */
@Module({ imports: [TokensModule, UsersModule], controllers: [UserinfoController], providers: [UserinfoMetadata] })
export class UserinfoModule implements NestModule {
  constructor(private readonly paths: Paths) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CrossOriginMiddleware, FormBodyMiddleware).forRoutes(this.paths.belowPrefix(ROUTES.userinfo));
  }
}
