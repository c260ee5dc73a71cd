import type { DatabaseConnection } from '../../common/database/database-connection.js';
import { DataFolder } from './data-folder.js';
import type { Environment } from './environment.js';
import type { EnvironmentSettings } from './environment-reader.js';

/** What settings come to once the issuer and the database are known. Makes the key ring where there is none yet. */
export function environmentOf(
  settings: EnvironmentSettings,
  issuer: string,
  database: DatabaseConnection,
): Environment {
  const { databaseSchema, databaseLimits, databaseOptions, homeUrl, options, remoteApps } = settings;
  const secretKeys = settings.secretKeys ?? new DataFolder(settings.dataFolder).secretKeys();
  return {
    issuer,
    secretKeys,
    database,
    databaseSchema,
    databaseLimits,
    databaseOptions,
    homeUrl,
    options,
    remoteApps,
  };
}
