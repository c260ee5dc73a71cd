import { Module } from '@nestjs/common';
import { GuardsModule } from './guards/guards.module.js';
import { LoginModule } from './remote-login/login.module.js';
import { SignInModule } from './sign-in/sign-in.module.js';

const parts = [GuardsModule, LoginModule, SignInModule];

/** The whole login-client side with the guards. */
@Module({ imports: parts, exports: parts })
export class AuthModule {}
