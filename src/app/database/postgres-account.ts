import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';

/** An id that no file belongs to by default; it needs no entry in /etc/passwd. */
const NOBODY = 65534;

/** The account that PostgreSQL runs as: the current one, or an unprivileged one because PostgreSQL refuses root. */
export class PostgresAccount {
  /** The ids for `spawn`; empty when PostgreSQL runs as the current user. */
  readonly ids: { uid?: number; gid?: number } = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

  /** Gives a file or folder to the account. */
  own(path: string): void {
    if (this.ids.uid !== undefined && this.ids.gid !== undefined) chownSync(path, this.ids.uid, this.ids.gid);
  }

  /** Whether the account may pass through every parent of a folder and enter it. */
  canEnter(folder: string): boolean {
    if (this.ids.uid === undefined) return true;
    return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...this.ids, cwd: '/' }).status === 0;
  }
}
