import type { RemoteAppSettings } from '../../auth/remote-login/settings/remote-app-settings.js';
import type { DatabaseConnection } from '../../common/database/database-connection.js';

/** What the runnable server is told by its surroundings, validated. */
export interface Environment {
  readonly issuer: string;
  readonly secretKeys: string;
  readonly database: DatabaseConnection;
  /** The PostgreSQL schema of all tables; absent: `gatehouse`. */
  readonly databaseSchema?: string;
  /** Providers to sign in at; absent: none. */
  readonly remoteApps?: readonly RemoteAppSettings[];
}
