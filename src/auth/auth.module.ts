import { type ConfigurableModuleAsyncOptions, type DynamicModule, Module } from '@nestjs/common';
import { GuardsModule } from './guards/guards.module.js';
import { LoginModule } from './remote-login/login.module.js';
import type { LoginOptions } from './remote-login/login.options.js';
import { SignInModule } from './sign-in/sign-in.module.js';

const parts = [GuardsModule, SignInModule];

/** The login-client side and the guards, whole. */
@Module({ imports: parts, exports: parts })
export class AuthModule {
  /** With these providers to sign in at besides. */
  static forRoot(login: LoginOptions): DynamicModule {
    return withLogin(LoginModule.forRoot(login));
  }

  /** The same, with the providers from a factory. */
  static forRootAsync(login: ConfigurableModuleAsyncOptions<LoginOptions>): DynamicModule {
    return withLogin(LoginModule.forRootAsync(login));
  }
}

function withLogin(login: DynamicModule): DynamicModule {
  return { module: AuthModule, imports: [login], exports: [login] };
}
