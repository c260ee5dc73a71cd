import { type Abstract, type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { replacementOf } from './replaceable.js';

/** Puts a class of the application in the place of one of ours. The option `replace` is made of this module. */
@Module({})
export class PortModule {
  /** `imports` are the modules that export what the class is constructed from. */
  static replace(
    port: Abstract<object>,
    yours: Type<object>,
    imports: NonNullable<ModuleMetadata['imports']> = [],
  ): DynamicModule {
    const token = replacementOf(port);
    return {
      module: PortModule,
      global: true,
      imports,
      providers: [{ provide: token, useClass: yours }],
      exports: [token],
    };
  }
}
