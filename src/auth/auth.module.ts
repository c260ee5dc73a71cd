import { type DynamicModule, Module } from '@nestjs/common';
import { GuardsModule } from './guards/guards.module.js';
import { LoginModule } from './login/login.module.js';
import type { LoginOptions } from './login/login.options.js';
import { SignInModule } from './sign-in/sign-in.module.js';

const parts = [GuardsModule, SignInModule];

/** The login-client side and the guards, whole. */
@Module({ imports: parts, exports: parts })
export class AuthModule {
  /** With these providers to sign in at besides. */
  static forRoot(login: LoginOptions): DynamicModule {
    const loginModule = LoginModule.forRoot(login);
    return { module: AuthModule, imports: [loginModule], exports: [loginModule] };
  }
}
