import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapFaults, readBootstrapFile } from '../../src/app/bootstrap/bootstrap-file.js';
import type { BootstrapData } from '../../src/bootstrap/bootstrap-data.js';
import { BootstrapLoader } from '../../src/bootstrap/bootstrap-loader.js';
import { BootstrapWarnings } from '../../src/bootstrap/bootstrap-warnings.js';
import { sql, type Table, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

const TABLES: readonly Table[] = ['users', 'checked_passwords', 'clients', 'client_secrets', 'scopes'];

/** Loads a bootstrap file of this content, as a start does. */
export async function loadBootstrapFile(node: TestApp, content: object): Promise<void> {
  await node.port(BootstrapLoader).load(dataOf(content), bootstrapFaults('bootstrap.json'));
}

/** What a start warns of in a bootstrap file of this content. */
export function bootstrapWarnings(app: TestApp, content: object): string[] {
  return dataOf(content).clients.flatMap((client) => app.port(BootstrapWarnings).about(client));
}

/** Everything that a bootstrap file can change, with the marks of every write. */
export function storedByBootstrap(app: TestApp): Promise<unknown> {
  return Promise.all(TABLES.map((table) => sql(app, `SELECT xmin::text, * FROM ${tableName(table)} ORDER BY 2, 3`)));
}

function dataOf(content: object): BootstrapData {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bootstrap-'));
  const file = join(folder, 'bootstrap.json');
  writeFileSync(file, JSON.stringify(content));
  const { data, faults } = readBootstrapFile(file);
  rmSync(folder, { recursive: true });
  if (data === undefined) throw new Error(JSON.stringify(faults));
  return data;
}
