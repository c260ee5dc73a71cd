import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { UsersModule } from '../../users/users.module.js';
import { UnguardedParameters } from './unguarded-parameters.js';

/**
 * Makes the user store visible to the modules of guarded controllers. Nest makes the bearer guard itself in the module
 * of the controller that it guards, with whatever AccessTokenVerifier is global.
 */
@Global()
@Module({ imports: [DiscoveryModule, UsersModule], providers: [UnguardedParameters], exports: [UsersModule] })
export class GuardsModule {}
