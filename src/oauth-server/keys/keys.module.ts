import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CrossOriginMiddleware } from '../../common/http/cross-origin.middleware.js';
import { ROUTES } from '../../common/http/routes.js';
import { JwksController } from '../discovery/jwks.controller.js';
import { SigningKeyRepository } from './signing-key.repository.js';
import { SigningKeys } from './signing-keys.js';

/** The signing keys and the endpoint that publishes their public halves. */
@Module({
  controllers: [JwksController],
  providers: [SigningKeyRepository, SigningKeys],
  exports: [SigningKeys],
})
export class KeysModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CrossOriginMiddleware).forRoutes(ROUTES.jwks);
  }
}
