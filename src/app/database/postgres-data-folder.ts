import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { PostgresAccount } from './postgres-account.js';
import type { PostgresBinaries } from './postgres-binaries.js';

/** The major version of the binary packages; a cluster can only be opened by the version that made it. */
const MAJOR_VERSION = '18';

/** The builtin locale sorts by code point and is the same on every platform. */
const INITDB_OPTIONS = [
  '--username=gatehouse',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

const NO_USER = 'Run as a user that has an entry in /etc/passwd, or as root, which PostgreSQL is started without.';

const PARTIAL_PREFIX = 'initdb-';

/** The folder that holds the embedded PostgreSQL's cluster, in a subfolder named by the major version. */
export class PostgresDataFolder {
  readonly path: string;
  readonly cluster: string;

  constructor(
    path: string,
    private readonly account: PostgresAccount,
  ) {
    this.path = resolve(path);
    this.cluster = join(this.path, MAJOR_VERSION);
  }

  /** Creates the folder for the account alone; raises EmbeddedPostgresError when the account cannot reach it. */
  create(): void {
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
      if (readdirSync(this.path).length === 0) this.account.own(this.path);
    } catch (error) {
      throw this.unusable((error as Error).message);
    }
    if (!this.account.canWorkIn(this.path)) {
      throw this.unusable(
        `PostgreSQL refuses to run as root, and the unprivileged user ${this.account.ids.uid} may not enter ${this.path}, which belongs to another user.`,
      );
    }
  }

  /**
   * Makes the cluster unless it is there. It is made aside and renamed when complete, so that a process that dies
   * meanwhile leaves no half of a cluster, and of two that start together one wins.
   */
  initialise(binaries: PostgresBinaries, accessOptions: string[]): void {
    if (existsSync(this.cluster)) return;
    const partial = mkdtempSync(join(this.path, PARTIAL_PREFIX));
    this.account.own(partial);
    const { status, stderr, error } = spawnSync(
      binaries.initdb,
      [`--pgdata=${this.account.nameFromInside(partial)}`, ...INITDB_OPTIONS, ...accessOptions],
      { ...this.account.ids, cwd: partial, env: postgresEnvironment(), encoding: 'utf8', windowsHide: true },
    );
    if (existsSync(this.cluster)) return;
    if (status !== 0) {
      rmSync(partial, { recursive: true, force: true });
      throw this.unusable(
        `initdb failed. ${error?.message ?? stderr}${stderr?.includes('user does not exist') ? NO_USER : ''}`,
      );
    }
    try {
      renameSync(partial, this.cluster);
    } catch (error) {
      if (!existsSync(this.cluster)) throw this.unusable((error as Error).message);
    }
  }

  /**
   * Deletes the unfinished clusters that an interrupted `initialise` left. To be called only while this process runs
   * the cluster.
   */
  removePartialClusters(): void {
    for (const name of readdirSync(this.path)) {
      if (name.startsWith(PARTIAL_PREFIX)) rmSync(join(this.path, name), { recursive: true, force: true });
    }
  }

  /** The error for a folder that cannot be used, with the ways out. */
  unusable(problem: string): EmbeddedPostgresError {
    return new EmbeddedPostgresError(
      problem,
      `Use another data folder than ${this.path} (DATA_FOLDER), or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

/** The environment for PostgreSQL's programs: none of the PG* variables, which would change their settings. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return { PATH, SystemRoot, LC_ALL: 'C', TZ: 'UTC' };
}
