import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { PostgresAccount } from './postgres-account.js';

const FIX = 'Set DATABASE_URL to a PostgreSQL server, or install on Linux with glibc, macOS or Windows.';

/** Paths of the PostgreSQL programs. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  pg_ctl: string;
}

/**
 * Finds the PostgreSQL programs of this platform's binary package and makes sure that the account can run them: adds
 * the library links that an install without scripts leaves out, and copies the package out of a folder that the account
 * cannot reach. Raises EmbeddedPostgresError where there is no package or its programs do not run.
 */
export async function locatePostgresBinaries(account: PostgresAccount): Promise<PostgresBinaries> {
  const packaged = await importBinaries();
  if (runs(packaged, account)) return packaged;
  const folder = packageFolder(packaged);
  linkLibraries(folder);
  if (runs(packaged, account)) return packaged;
  const copy = copyPackage(folder);
  const inCopy = (path: string) => join(copy, relative(folder, path));
  const { initdb, postgres, pg_ctl } = packaged;
  const binaries = { initdb: inCopy(initdb), postgres: inCopy(postgres), pg_ctl: inCopy(pg_ctl) };
  if (runs(binaries, account)) return binaries;
  throw new EmbeddedPostgresError(`${packaged.postgres} does not run here. ${failure(binaries, account)}`, FIX);
}

async function importBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch {
    throw new EmbeddedPostgresError(
      `the package ${name} is not installed. It is an optional dependency: npm leaves it out on other platforms and with --omit=optional.`,
      FIX,
    );
  }
}

function runs(binaries: PostgresBinaries, account: PostgresAccount): boolean {
  return spawnSync(binaries.postgres, ['--version'], { ...account.ids, cwd: '/' }).status === 0;
}

function failure(binaries: PostgresBinaries, account: PostgresAccount): string {
  const { error, stderr } = spawnSync(binaries.postgres, ['--version'], { ...account.ids, cwd: '/', encoding: 'utf8' });
  return error?.message ?? stderr;
}

function packageFolder(binaries: PostgresBinaries): string {
  return dirname(dirname(dirname(binaries.postgres)));
}

function linkLibraries(folder: string): void {
  spawnSync(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], { cwd: folder });
}

/** Copies the package to the temporary folder once; a copy there that belongs to somebody else is not trusted. */
function copyPackage(folder: string): string {
  const { version } = createRequire(import.meta.url)(join(folder, 'package.json')) as { version: string };
  const copy = join(tmpdir(), `gatehouse-postgres-${basename(folder)}-${version}`);
  if (belongsToUs(copy)) return copy;
  const fresh = mkdtempSync(`${copy}-`);
  cpSync(folder, fresh, { recursive: true, verbatimSymlinks: true });
  linkLibraries(fresh);
  chmodSync(fresh, 0o755);
  if (existsSync(copy)) return fresh;
  renameSync(fresh, copy);
  return copy;
}

function belongsToUs(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
}
