import { readFileSync } from 'node:fs';
import type { ConfigFault } from '../common/config-fault.js';
import type { Variables } from './environment-files.js';

const SECRETS = ['SECRET_KEYS', 'DATABASE_URL'];

/**
 * Puts the content of `{NAME}_FILE` (a secret that an orchestrator mounts) under NAME, without the line break at its
 * end, for the secrets of the server itself. A secret that comes both ways, or whose file cannot be read or is empty,
 * is a fault.
 */
export function readSecretFiles(variables: Variables): { variables: Variables; faults: ConfigFault[] } {
  const complete: Record<string, string | undefined> = { ...variables };
  const faults: ConfigFault[] = [];
  for (const name of SECRETS) {
    const path = variables[`${name}_FILE`];
    if (path === undefined) continue;
    if (variables[name] !== undefined) {
      faults.push({ name: `${name}_FILE`, problem: `is set and so is ${name}`, fix: 'keep one of the two' });
      continue;
    }
    const { text, problem } = readSecret(path);
    complete[name] = text;
    if (problem !== undefined) {
      const fix = `name a readable file that holds the value of ${name} and nothing else`;
      faults.push({ name: `${name}_FILE`, problem, fix });
    }
  }
  return { variables: complete, faults };
}

function readSecret(path: string): { text?: string; problem?: string } {
  try {
    const text = readFileSync(path, 'utf8').trimEnd();
    return text === '' ? { problem: `names ${path}, which is empty` } : { text };
  } catch (error) {
    return { problem: `names a file that cannot be read: ${(error as Error).message}` };
  }
}
