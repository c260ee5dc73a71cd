import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { CrossOriginMiddleware } from '../../common/http/cross-origin.middleware.js';
import { DiscoveryController, METADATA_ROUTES } from './discovery.controller.js';
import { ServerMetadata } from './server-metadata.js';

/** Server metadata. */
@Module({ imports: [ClientsModule], controllers: [DiscoveryController], providers: [ServerMetadata] })
export class DiscoveryModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(CrossOriginMiddleware).forRoutes(...METADATA_ROUTES);
  }
}
