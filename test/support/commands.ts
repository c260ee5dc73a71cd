import { runCommand } from '../../src/app/cli/commands.js';
import { readEnvironment } from '../../src/app/environment/environment-reader.js';
import type { TestDatabase } from './test-database.js';

/** What the program needs to know to work on a database of a test's own. */
export function variablesFor({ connection, secretKeys }: Pick<TestDatabase, 'connection' | 'secretKeys'>) {
  const { host, port, user, password = '', database } = connection;
  const url = `postgres://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
  return { DATABASE_URL: url, SECRET_KEYS: secretKeys, LOG_LEVEL: 'fatal', DEMO: 'off' };
}

/** Runs `gatehouse` with these words, beside whatever nodes there are; gives what it prints. */
export async function gatehouse(
  words: string,
  database: Pick<TestDatabase, 'connection' | 'secretKeys'>,
): Promise<string> {
  return runCommand(words.split(' '), await readEnvironment(variablesFor(database)));
}
