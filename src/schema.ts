import type { EntitySchema, MigrationInterface } from 'typeorm';
import { ClientEntity } from './clients/client.entity.js';
import { ClientSecretEntity } from './clients/client-secret.entity.js';
import { CreateClients1764000000002 } from './clients/migrations/1764000000002-create-clients.js';
import { SigningKeyEntity } from './oauth-server/keys/signing-key.entity.js';
import { CreateOauthServer1764000000003 } from './oauth-server/migrations/1764000000003-create-oauth-server.js';
import { AccessTokenEntity } from './oauth-server/storage/entities/access-token.entity.js';
import { AuthorizationEntity } from './oauth-server/storage/entities/authorization.entity.js';
import { AuthorizationCodeEntity } from './oauth-server/storage/entities/authorization-code.entity.js';
import { RefreshTokenEntity } from './oauth-server/storage/entities/refresh-token.entity.js';
import { RevocationEntity } from './oauth-server/storage/entities/revocation.entity.js';
import { TokenFamilyEntity } from './oauth-server/storage/entities/token-family.entity.js';
import { ScopeEntity } from './scopes/scope.entity.js';
import { LinkedAccountEntity } from './users/linked-account/linked-account.entity.js';
import { CreateUsers1764000000001 } from './users/migrations/1764000000001-create-users.js';
import { SignInSessionEntity } from './users/session/sign-in-session.entity.js';
import { LoginFailureEntity } from './users/throttle/login-failure.entity.js';
import { UserEntity } from './users/user/user.entity.js';

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
