import { type Abstract, type DynamicModule, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { replacementOf } from './replaceable.js';

/**
 * Puts a class of the application's in the place of one of ours: UserStore, PasswordHasher, SignInThrottle,
 * TokenVault, ViewRenderer or Clock. List it beside GatehouseModule.
 */
@Module({})
export class PortModule {
  /** `imports` are the modules that export what the class is constructed from. */
  static replace<Port>(
    port: Abstract<Port>,
    yours: Type<Port>,
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
