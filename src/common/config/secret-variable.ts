import { readFileSync } from 'node:fs';
import type { ConfigFault } from './config-fault.js';

/**
 * The value of a secret's environment variable, or the content, without the line break at its end, of the file that
 * `{NAME}_FILE` names (a secret that an orchestrator mounts). A secret that comes both ways, or whose file cannot be
 * read or is empty, is a fault.
 */
export function readSecretVariable(
  name: string,
  variables: Readonly<Record<string, string | undefined>>,
): { value: string | undefined; faults: ConfigFault[] } {
  const value = variables[name];
  const path = variables[`${name}_FILE`];
  if (path === undefined) return { value, faults: [] };
  const fault = (problem: string, fix: string) => ({ value, faults: [{ name: `${name}_FILE`, problem, fix }] });
  if (value !== undefined) return fault(`is set and so is ${name}`, 'keep one of the two');
  const { text, problem } = readSecret(path);
  if (problem === undefined) return { value: text, faults: [] };
  return fault(problem, `name a readable file that holds the value of ${name} and nothing else`);
}

function readSecret(path: string): { text?: string; problem?: string } {
  try {
    const text = readFileSync(path, 'utf8').trimEnd();
    return text === '' ? { problem: `names ${path}, which is empty` } : { text };
  } catch (error) {
    return { problem: `names a file that cannot be read: ${(error as Error).message}` };
  }
}
