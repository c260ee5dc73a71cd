import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigFaultsError } from '../../common/config/config-fault.js';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The process's own variables over those of the folder's files `.env`, `.env.local`, `.env.{NODE_ENV}` and
 * `.env.{NODE_ENV}.local`, of which the later overrule the earlier. NODE_ENV is `development` unless set. A variable
 * without a value counts as absent, as it comes from `NAME=` in a compose file. Raises ConfigFaultsError.
 */
export function readEnvironmentFiles(folder: string, own: Variables): Variables {
  const forAll = { ...readFile(folder, '.env'), ...readFile(folder, '.env.local') };
  const given = withoutEmpty(own);
  const NODE_ENV = given.NODE_ENV ?? forAll.NODE_ENV ?? 'development';
  const forOne = { ...readFile(folder, `.env.${NODE_ENV}`), ...readFile(folder, `.env.${NODE_ENV}.local`) };
  return { ...forAll, ...forOne, ...given, NODE_ENV };
}

function readFile(folder: string, name: string): Variables {
  try {
    return withoutEmpty(parseEnv(readFileSync(join(folder, name), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new ConfigFaultsError([{ name, problem, fix: 'make it a readable file, or remove it' }]);
  }
}

function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
}
