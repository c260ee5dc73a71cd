import { readFileSync } from 'node:fs';
import { type BootstrapData, bootstrapData } from '../../bootstrap/bootstrap-data.js';
import type { RegistrationFault } from '../../clients/metadata/client-metadata-extensions.js';
import { type ConfigFault, ConfigFaultsError } from '../../common/config/config-fault.js';
import { findUnstorable } from '../../common/database/unstorable-text.js';
import { findJsonSyntaxFault } from './json-syntax.js';

/** A fault of the bootstrap file at a place in it: a path such as `clients[1].redirect_uris[0]`, or line and column. */
export function bootstrapFault(file: string, place: string, problem: string): ConfigFault {
  return { name: 'BOOTSTRAP_FILE', problem: `is wrong at ${place}: ${problem}`, fix: `correct it in ${file}` };
}

/** Makes the error of a bootstrap file whose data are wrong where the running application alone can tell. */
export function bootstrapFaults(file: string): (faults: readonly RegistrationFault[]) => ConfigFaultsError {
  return (faults) =>
    new ConfigFaultsError(faults.map(({ path, problem }) => bootstrapFault(file, placeOf(path), problem)));
}

/**
 * Reads and checks a whole bootstrap file. A file with a fault gives its faults and no data, so that nothing of the
 * file is stored.
 */
export function readBootstrapFile(file: string): { data?: BootstrapData; faults: ConfigFault[] } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const problem = `names a file that cannot be read: ${(error as Error).message}`;
    return { faults: [{ name: 'BOOTSTRAP_FILE', problem, fix: 'name a readable JSON file' }] };
  }
  const syntaxFault = findJsonSyntaxFault(text);
  if (syntaxFault !== undefined) {
    const { line, column } = syntaxFault;
    return { faults: [bootstrapFault(file, `line ${line}, column ${column}`, 'this is not JSON')] };
  }
  const json: unknown = JSON.parse(text);
  const unstorable = findUnstorable(json);
  if (unstorable !== undefined) {
    return { faults: [bootstrapFault(file, placeOf(unstorable), 'a NUL or half a surrogate pair cannot be stored')] };
  }
  const { data, error } = bootstrapData.safeParse(json);
  if (data !== undefined) return { data, faults: [] };
  return { faults: error.issues.map(({ path, message }) => bootstrapFault(file, placeOf(path), message)) };
}

/** A path as a fault names it: `['clients', 1, 'scope']` is `clients[1].scope`. */
export function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return place.replace(/^\./, '') || 'its top';
}
