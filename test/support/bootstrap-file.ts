import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapFaults, readBootstrapFile } from '../../src/app/bootstrap/bootstrap-file.js';
import { BootstrapLoader } from '../../src/bootstrap/bootstrap-loader.js';
import type { TestApp } from './test-app.js';

/** Loads a bootstrap file of this content into a server, as its start does; rejects with what is wrong with it. */
export async function loadBootstrapFile(app: TestApp, content: object): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bootstrap-'));
  try {
    const file = join(folder, 'bootstrap.json');
    writeFileSync(file, JSON.stringify(content));
    const { data, faults } = readBootstrapFile(file);
    if (data === undefined) throw new Error(JSON.stringify(faults));
    await app.port(BootstrapLoader).load(data, bootstrapFaults('bootstrap.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
