import { Global, Module } from '@nestjs/common';
import { UsersModule } from '../../users/users.module.js';

/**
 * Makes the user store visible to the modules of guarded controllers. Nest makes the bearer guard itself in the module
 * of the controller that it guards, with whatever AccessTokenVerifier is global.
 */
@Global()
@Module({ imports: [UsersModule], exports: [UsersModule] })
export class GuardsModule {}
