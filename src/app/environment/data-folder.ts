import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KeyRing } from '../../common/crypto/key-ring.js';

/**
 * The folder, ignored by git, in which a server without DATABASE_URL and SECRET_KEYS keeps its database and its keys.
 */
export class DataFolder {
  readonly path: string;
  /** Where the embedded PostgreSQL keeps its files. */
  readonly postgres: string;

  constructor(path: string) {
    this.path = resolve(path);
    this.postgres = join(this.path, 'postgres');
  }

  /** Reads the key ring. The first call makes it, readable by its owner alone. */
  secretKeys(): string {
    const file = join(this.path, 'secret-keys');
    return read(file) ?? create(file);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes the file aside and links it under its name when complete. So the file is never half written, and of two
 * processes one wins.
 */
function create(file: string): string {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o711 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${KeyRing.generate()}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}
