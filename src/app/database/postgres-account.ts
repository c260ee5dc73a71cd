import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';

/** The user and group id of `nobody`, which by convention owns nothing. */
const NOBODY = 65534;

/** The account that PostgreSQL runs as: the current one, or an unprivileged one because PostgreSQL refuses root. */
export class PostgresAccount {
  /** The ids for `spawn`; empty when PostgreSQL runs as the current user. */
  readonly ids: { uid?: number; gid?: number } = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

  /** Gives a file or folder to the account. */
  own(path: string): void {
    if (this.ids.uid !== undefined && this.ids.gid !== undefined) chownSync(path, this.ids.uid, this.ids.gid);
  }

  /**
   * The name by which a program that starts in a folder opens that folder: its path, or `/proc/self/cwd` for an
   * unprivileged account on Linux. A path below root's home is closed to that account, but Linux leads to a working
   * directory without asking the folders above it.
   */
  nameFromInside(folder: string): string {
    return this.ids.uid !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : folder;
  }

  /** True when a program of the account that starts in a folder can use that folder. */
  canWorkIn(folder: string): boolean {
    if (this.ids.uid === undefined) return true;
    const command = ['-c', 'cd -- "$0"', this.nameFromInside(folder)];
    return spawnSync('/bin/sh', command, { ...this.ids, cwd: folder }).status === 0;
  }

  /** True when the account can reach a folder by its path. */
  canReach(folder: string): boolean {
    if (this.ids.uid === undefined) return true;
    return spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...this.ids, cwd: '/' }).status === 0;
  }
}
