import type { EntitySchema, MigrationInterface } from 'typeorm';
import { ClientEntity } from './clients/client.entity.js';
import { ClientSecretEntity } from './clients/client-secret.entity.js';
import { CreateClients1764000000002 } from './clients/migrations/1764000000002-create-clients.js';
import { ScopeEntity } from './clients/scope.entity.js';
import { AuthorizationEntity } from './oauth-server/authorization/authorization.entity.js';
import { AuthorizationCodeEntity } from './oauth-server/authorize/authorization-code.entity.js';
import { SigningKeyEntity } from './oauth-server/keys/signing-key.entity.js';
import { CreateOauthServer1764000000003 } from './oauth-server/migrations/1764000000003-create-oauth-server.js';
import { RevocationEntity } from './oauth-server/revocation/revocation.entity.js';
import { AccessTokenEntity } from './oauth-server/token/access-token.entity.js';
import { RefreshTokenEntity } from './oauth-server/token/refresh-token.entity.js';
import { TokenFamilyEntity } from './oauth-server/token/token-family.entity.js';
import { LinkedAccountEntity } from './users/linked-account.entity.js';
import { LoginFailureEntity } from './users/login-failure.entity.js';
import { CreateUsers1764000000001 } from './users/migrations/1764000000001-create-users.js';
import { SignInSessionEntity } from './users/sign-in-session.entity.js';
import { UserEntity } from './users/user.entity.js';

/** Every entity of the application, in the order of the import directions. */
export const entities: (EntitySchema | (new () => object))[] = [
  UserEntity,
  SignInSessionEntity,
  LoginFailureEntity,
  LinkedAccountEntity,
  ClientEntity,
  ClientSecretEntity,
  ScopeEntity,
  AuthorizationEntity,
  TokenFamilyEntity,
  AuthorizationCodeEntity,
  RefreshTokenEntity,
  AccessTokenEntity,
  RevocationEntity,
  SigningKeyEntity,
];

/** Every migration of the application, oldest first. */
export const migrations: (new () => MigrationInterface)[] = [
  CreateUsers1764000000001,
  CreateClients1764000000002,
  CreateOauthServer1764000000003,
];
