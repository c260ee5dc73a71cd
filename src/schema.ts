import type { EntitySchema, MigrationInterface } from 'typeorm';
import { LoginFlowEntity } from './auth/remote-login/flow/login-flow.entity.js';
import { ClientEntity } from './clients/client.entity.js';
import { ClientSecretEntity } from './clients/client-secret.entity.js';
import { DatabaseSchema, DEFAULT_SCHEMA } from './common/database/database-schema.js';
import { type Migration, migrationClass } from './common/database/migration.js';
import { createUsers } from './migrations/1795600000001-create-users.js';
import { createClients } from './migrations/1795600000002-create-clients.js';
import { createOauthServer } from './migrations/1795600000003-create-oauth-server.js';
import { countSignInsUnderWay } from './migrations/1795600000025-count-sign-ins-under-way.js';
import { createCheckedPasswords } from './migrations/1795600000026-create-checked-passwords.js';
import { endTokens } from './migrations/1795660000026-end-tokens.js';
import { markRevocations } from './migrations/1795660000027-mark-revocations.js';
import { dateSigningKeys } from './migrations/1795660000028-date-signing-keys.js';
import { endCodes } from './migrations/1795670000001-end-codes.js';
import { createLoginFlows } from './migrations/1795670000002-create-login-flows.js';
import { leaseRefreshes } from './migrations/1795670000003-lease-refreshes.js';
import { unlinkAccounts } from './migrations/1795670000101-unlink-accounts.js';
import { dateClientSecrets } from './migrations/1795670000131-date-client-secrets.js';
import { listAuthorizationsOfClients } from './migrations/1795670000132-list-authorizations-of-clients.js';
import { setListsApart } from './migrations/1795670000133-set-lists-apart.js';
import { SigningKeyEntity } from './oauth-server/keys/signing-key.entity.js';
import { AccessTokenEntity } from './oauth-server/storage/entities/access-token.entity.js';
import { AuthorizationEntity } from './oauth-server/storage/entities/authorization.entity.js';
import { AuthorizationCodeEntity } from './oauth-server/storage/entities/authorization-code.entity.js';
import { EndedSessionEntity } from './oauth-server/storage/entities/ended-session.entity.js';
import { RefreshAnswerEntity } from './oauth-server/storage/entities/refresh-answer.entity.js';
import { RefreshTokenEntity } from './oauth-server/storage/entities/refresh-token.entity.js';
import { RevocationEntity } from './oauth-server/storage/entities/revocation.entity.js';
import { TokenCutoffEntity } from './oauth-server/storage/entities/token-cutoff.entity.js';
import { TokenFamilyEntity } from './oauth-server/storage/entities/token-family.entity.js';
import { ScopeEntity } from './scopes/scope.entity.js';
import { LinkedAccountEntity } from './users/linked-account/linked-account.entity.js';
import { RemoteRevocationEntity } from './users/linked-account/remote-revocation.entity.js';
import { CheckedPasswordEntity } from './users/password/checked-password.entity.js';
import { SignInSessionEntity } from './users/session/sign-in-session.entity.js';
import { LoginFailureEntity } from './users/throttle/login-failure.entity.js';
import { UserEntity } from './users/user/user.entity.js';

/** Every entity of the application, in the order of the import directions. */
export const entities: (EntitySchema | (new () => object))[] = [
  UserEntity,
  CheckedPasswordEntity,
  SignInSessionEntity,
  LoginFailureEntity,
  LinkedAccountEntity,
  RemoteRevocationEntity,
  ClientEntity,
  ClientSecretEntity,
  ScopeEntity,
  AuthorizationEntity,
  TokenFamilyEntity,
  AuthorizationCodeEntity,
  RefreshTokenEntity,
  RefreshAnswerEntity,
  AccessTokenEntity,
  RevocationEntity,
  TokenCutoffEntity,
  EndedSessionEntity,
  SigningKeyEntity,
  LoginFlowEntity,
];

/** Every migration, oldest first. */
const history: readonly Migration[] = [
  createUsers,
  createClients,
  createOauthServer,
  countSignInsUnderWay,
  createCheckedPasswords,
  endTokens,
  markRevocations,
  dateSigningKeys,
  endCodes,
  createLoginFlows,
  leaseRefreshes,
  unlinkAccounts,
  dateClientSecrets,
  listAuthorizationsOfClients,
  setListsApart,
];

/** Every migration of the application, oldest first, for a schema of another name than `gatehouse`. */
export function migrationsIn(schema: string): (new () => MigrationInterface)[] {
  return history.map((migration) => migrationClass(migration, new DatabaseSchema(schema)));
}

/** Every migration of the application, oldest first; they make the schema `gatehouse` and all that is in it. */
export const migrations = migrationsIn(DEFAULT_SCHEMA);
