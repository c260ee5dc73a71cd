import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { ClientAuthentication } from './client-authentication.js';
import { ClientSecretBasicMethod } from './client-secret-basic.method.js';
import { ClientSecretPostMethod } from './client-secret-post.method.js';
import { NoneMethod } from './none.method.js';

/** How clients prove themselves at the token, introspection and revocation endpoints. */
@Module({
  imports: [ClientsModule],
  providers: [ClientAuthentication, ClientSecretBasicMethod, ClientSecretPostMethod, NoneMethod],
  exports: [ClientAuthentication],
})
export class ClientAuthenticationModule {}
