import { Module } from '@nestjs/common';
import { AuthorizeModule } from './authorization-endpoint/authorize.module.js';
import { ClientAuthenticationModule } from './client-authentication/client-authentication.module.js';
import { DiscoveryModule } from './discovery/discovery.module.js';
import { IntrospectionModule } from './introspection/introspection.module.js';
import { KeysModule } from './keys/keys.module.js';
import { RevocationModule } from './revocation/revocation.module.js';
import { TokenModule } from './token-endpoint/token.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { UserinfoModule } from './userinfo/userinfo.module.js';

const parts = [
  AuthorizeModule,
  ClientAuthenticationModule,
  DiscoveryModule,
  IntrospectionModule,
  KeysModule,
  RevocationModule,
  TokenModule,
  TokensModule,
  UserinfoModule,
];

/** The issuing side, whole. */
@Module({ imports: parts, exports: parts })
export class OAuthServerModule {}
