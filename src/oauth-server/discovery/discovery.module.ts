import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CrossOriginMiddleware } from '../../common/http/cross-origin.middleware.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { AuthorizeModule } from '../authorization-endpoint/authorize.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { DiscoveryController, METADATA_ROUTES } from './discovery.controller.js';
import { GrantTypesMetadata } from './grant-types.metadata.js';
import { JwksController } from './jwks.controller.js';
import { JwksMetadata } from './jwks.metadata.js';
import { MetadataAddresses } from './metadata-addresses.js';
import { ServerMetadata } from './server-metadata.js';

/** Server metadata, and the public halves of the keys that sign tokens. */
@Module({
  imports: [AuthorizeModule, KeysModule],
  controllers: [DiscoveryController, JwksController],
  providers: [GrantTypesMetadata, JwksMetadata, MetadataAddresses, ServerMetadata],
})
export class DiscoveryModule implements NestModule {
  constructor(
    private readonly addresses: MetadataAddresses,
    private readonly paths: Paths,
  ) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(CrossOriginMiddleware)
      .forRoutes(...[...METADATA_ROUTES, ROUTES.jwks].map((route) => this.paths.belowPrefix(route)));
    this.addresses.mount();
  }
}
