import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { CurrentRequestMiddleware } from '../../../common/http/current-request.js';
import { EVERY_ROUTE } from '../../../common/http/routes.js';
import { injectedRemotes, remoteToken } from './inject-remote.decorator.js';
import { RemoteApis } from './remote-apis.js';

/**
 * Provides, in every module, the APIs that classes ask for by `@InjectRemote`. Where one does, calls find the request at
 * hand; an application without any is spared the cost of that.
 */
@Module({})
export class RemoteApiModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    if (injectedRemotes.size > 0) consumer.apply(CurrentRequestMiddleware).forRoutes(EVERY_ROUTE);
  }

  static forInjected(): DynamicModule {
    const providers = [...injectedRemotes].map((name) => ({
      provide: remoteToken(name),
      useFactory: (apis: RemoteApis) => apis.get(name),
      inject: [RemoteApis],
    }));
    return { module: RemoteApiModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
