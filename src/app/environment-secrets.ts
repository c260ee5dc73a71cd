import { readFileSync } from 'node:fs';
import type { ConfigFault } from '../common/config-fault.js';
import type { Variables } from './environment-files.js';

/** True for a variable whose value must not be shown; each may come by `{NAME}_FILE` instead. */
export function isSecret(name: string): boolean {
  return /^(SECRET_KEYS|DATABASE_URL|\w+_CLIENT_SECRET)$/.test(name);
}

/**
 * Puts the content of each `{NAME}_FILE` of a secret (a secret that an orchestrator mounts) under NAME, without the
 * line break at its end. A secret that comes both ways, or whose file cannot be read or is empty, is a fault.
 */
export function readSecretFiles(variables: Variables): { variables: Variables; faults: readonly ConfigFault[] } {
  const complete: Record<string, string | undefined> = { ...variables };
  const faults: ConfigFault[] = [];
  for (const [fileName, path] of Object.entries(variables)) {
    const name = fileName.replace(/_FILE$/, '');
    if (path === undefined || name === fileName || !isSecret(name)) continue;
    if (variables[name] !== undefined) {
      faults.push({ name: fileName, problem: `is set and so is ${name}.`, fix: 'Keep one of the two.' });
      continue;
    }
    const { text, problem } = readSecret(path);
    complete[name] = text;
    if (problem) {
      faults.push({ name: fileName, problem, fix: `Name a readable file that holds the value of ${name} alone.` });
    }
  }
  return { variables: complete, faults };
}

function readSecret(path: string): { text?: string; problem?: string } {
  try {
    const text = readFileSync(path, 'utf8').trimEnd();
    return text === '' ? { problem: `names ${path}, which is empty.` } : { text };
  } catch (error) {
    return { problem: `names a file that cannot be read: ${(error as Error).message}.` };
  }
}
