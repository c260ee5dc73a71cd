import { type DynamicModule, Module } from '@nestjs/common';
import { injectedRemotes, remoteToken } from './inject-remote.decorator.js';
import { RemoteApis } from './remote-apis.js';

/** Provides, in every module, the APIs that classes ask for by `@InjectRemote`. */
@Module({})
export class RemoteApiModule {
  static forInjected(): DynamicModule {
    const providers = [...injectedRemotes].map((name) => ({
      provide: remoteToken(name),
      useFactory: (apis: RemoteApis) => apis.get(name),
      inject: [RemoteApis],
    }));
    return { module: RemoteApiModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
