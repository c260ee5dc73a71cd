import type { ConfigFault } from '../../common/config/config-fault.js';
import { readSecretVariable } from '../../common/config/secret-variable.js';
import type { Variables } from './environment-files.js';

const SECRETS = ['SECRET_KEYS', 'DATABASE_URL', 'DATABASE_DIRECT_URL'];

/** Puts the content of `{NAME}_FILE` under NAME for the secrets of the server itself. */
export function readSecretFiles(variables: Variables): { variables: Variables; faults: ConfigFault[] } {
  const read = SECRETS.map((name) => [name, readSecretVariable(name, variables)] as const);
  return {
    variables: { ...variables, ...Object.fromEntries(read.map(([name, { value }]) => [name, value])) },
    faults: read.flatMap(([, { faults }]) => faults),
  };
}
