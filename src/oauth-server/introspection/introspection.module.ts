import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthenticationModule } from '../client-authentication/client-authentication.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { IntrospectionController } from './introspection.controller.js';
import { Introspection } from './introspection.js';
import { IntrospectionMetadata } from './introspection.metadata.js';

/** The introspection endpoint. */
@Module({
  imports: [ClientAuthenticationModule, TokensModule],
  controllers: [IntrospectionController],
  providers: [Introspection, IntrospectionMetadata],
})
export class IntrospectionModule implements NestModule {
  constructor(private readonly paths: Paths) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FormBodyMiddleware).forRoutes(this.paths.belowPrefix(ROUTES.introspect));
  }
}
