import type { Type } from '@nestjs/common';
import type { RemoteAppSettings } from '../../auth/remote-login/settings/remote-app-settings.js';
import type { DatabaseOptions } from '../../common/database/database.options.js';
import type { DatabaseConnection } from '../../common/database/database-connection.js';
import type { DatabaseLimits } from '../../common/database/database-limits.js';
import type { GatehouseOptions } from '../../gatehouse.options.js';

/** The validated settings of the runnable server. */
export interface Environment {
  readonly issuer: string;
  readonly secretKeys: string;
  readonly database: DatabaseConnection;
  /** How many connections there are, and how long requests wait for them; absent: the defaults. */
  readonly databaseLimits?: DatabaseLimits;
  /** How statements reach PostgreSQL; absent: at once. */
  readonly databaseOptions?: DatabaseOptions;
  /** The PostgreSQL schema of all tables; absent: `gatehouse`. */
  readonly databaseSchema?: string;
  /**
   * The address to which the start page leads; absent for the page of what the end user allowed, by way of signing in.
   */
  readonly homeUrl?: string | undefined;
  /** Options that variables give one to one; absent: the defaults. */
  readonly options?: Partial<GatehouseOptions>;
  /** The module that answers at the start page instead: the demonstration. */
  readonly startPage?: Type;
  /** Providers to sign in at; absent: none. */
  readonly remoteApps?: readonly RemoteAppSettings[];
}

/** How long the server waits for what others send. */
export interface HttpTimeouts {
  /** How long a connection stays open without a request: longer than a proxy in front keeps it, or the proxy meets a closed one. */
  readonly keepAliveSeconds: number;
  /** How long the head of a request may take to come in. */
  readonly headerSeconds: number;
  /** How long a request may take to come in whole. */
  readonly requestSeconds: number;
}
