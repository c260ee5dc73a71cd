import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresDataFolder } from './postgres-data-folder.js';

/** How long a server that says it is stopping may take (its last checkpoint). */
const STOPPING_LIMIT_MILLISECONDS = 30_000;
const IMPOSSIBLE_PID = 2 ** 31 - 1;
/** How long a server may take to notice that its process was killed. */
const NOTICE_LIMIT_MILLISECONDS = 2_000;

/**
 * Waits until no server runs on the cluster: a server whose process was killed needs a moment to stop. Raises
 * EmbeddedPostgresError when the server goes on running, because then another process uses the folder.
 */
export async function waitForPreviousOwner(folder: PostgresDataFolder): Promise<void> {
  const start = performance.now();
  for (;;) {
    const owner = readOwner(folder);
    if (!owner) return;
    const waitedMilliseconds = performance.now() - start;
    if (waitedMilliseconds > (owner.status === 'stopping' ? STOPPING_LIMIT_MILLISECONDS : NOTICE_LIMIT_MILLISECONDS)) {
      throw folder.unusable(
        `another process uses ${folder.path} (its PostgreSQL server has process id ${owner.pid}). One folder serves one process; processes that share data share a server.`,
      );
    }
    await delay(25);
  }
}

/**
 * Reads postmaster.pid. Where its process id went to another program, it names an impossible one instead: PostgreSQL
 * refuses to start beside any process of that id. The file stays, for PostgreSQL finds the dead server's memory by it.
 */
function readOwner(folder: PostgresDataFolder): { pid: number; status: string } | undefined {
  const file = join(folder.cluster, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number.parseInt(lines[0] ?? '', 10);
  const program = programName(pid);
  if (program.includes('postgres')) return { pid, status: lines[7]?.trim() ?? '' };
  if (program !== '') writeFileSync(file, [IMPOSSIBLE_PID, ...lines.slice(1)].join('\n'));
  return undefined;
}

/** The name of a running process; empty when there is none. */
function programName(pid: number): string {
  if (!(pid > 0)) return '';
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8');
    } catch {
      return '';
    }
  }
  return process.platform === 'win32'
    ? spawnSync('tasklist', ['/NH', '/FI', `PID eq ${pid}`], { encoding: 'utf8' }).stdout
    : spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}
