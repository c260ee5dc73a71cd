import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CrossOriginMiddleware } from '../../common/http/cross-origin.middleware.js';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthenticationModule } from '../client-authentication/client-authentication.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { RevocationController } from './revocation.controller.js';
import { RevocationMetadata } from './revocation.metadata.js';
import { TokenRevocation } from './token-revocation.js';

/** The revocation endpoint. */
@Module({
  imports: [ClientAuthenticationModule, TokensModule],
  controllers: [RevocationController],
  providers: [RevocationMetadata, TokenRevocation],
})
export class RevocationModule implements NestModule {
  constructor(private readonly paths: Paths) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CrossOriginMiddleware, FormBodyMiddleware).forRoutes(this.paths.belowPrefix(ROUTES.revoke));
  }
}
