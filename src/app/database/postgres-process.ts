import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { PostgresAccount } from './postgres-account.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { postgresEnvironment } from './postgres-data-folder.js';

/**
 * Runs the server, and stops it when standard input ends: when its process closes it, or dies in whatever way.
 * Deletes the socket's folder ($0) at last. Ignores the signals that a terminal or a service manager sends to everybody, because stopping is its process's part.
 */
const WATCHER = `
trap '' HUP INT TERM
exec 3<&0 </dev/null
"$@" 3<&- & server=$!
{ read -r _; kill -INT $server; } <&3 >/dev/null 2>&1 & reader=$!
wait $server; status=$?
kill -KILL $reader 2>/dev/null
rmdir "$0" 2>/dev/null
exit $status`;

/**
 * The watcher for Windows. It runs pg_ctl, which alone can drop an administrator's rights there and stop the server
 * cleanly.
 */
const WINDOWS_WATCHER = `
const [control, cluster, settings] = process.argv.slice(1);
const run = (...args) => require('node:child_process')
  .spawnSync(control, [...args, '-D', cluster, '-w'], { stdio: ['ignore', 'ignore', 'inherit'], windowsHide: true }).status;
if (run('start', '-o', settings) !== 0) process.exit(1);
process.stdin.resume().on('close', () => process.exit(run('stop', '-m', 'fast')));`;

/** How many characters of the server's own messages are kept for an error. */
const LOG_LENGTH = 4_000;

/** A running PostgreSQL server that never outlives this process. */
export class PostgresProcess {
  private log = '';
  private readonly child: ChildProcess;
  private readonly exit: Promise<unknown>;

  /** Starts the server on a cluster; `settings` are PostgreSQL's own. */
  constructor(binaries: PostgresBinaries, cluster: string, settings: Record<string, string>, account: PostgresAccount) {
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [program, args] =
      process.platform === 'win32'
        ? [process.execPath, ['-e', WINDOWS_WATCHER, binaries.pg_ctl, cluster, options.join(' ')]]
        : [
            '/bin/sh',
            [
              '-c',
              WATCHER,
              settings.unix_socket_directories ?? '',
              binaries.postgres,
              '-D',
              account.nameFromInside(cluster),
              ...options,
            ],
          ];
    this.child = spawn(program, args, {
      ...account.ids,
      cwd: cluster,
      env: postgresEnvironment(),
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.exit = once(this.child, 'exit').catch((error: Error) => {
      this.log += error.message;
    });
    this.child.stderr?.on('data', (chunk) => {
      this.log = (this.log + chunk).slice(-LOG_LENGTH);
    });
  }

  /** The last messages of the server, at most LOG_LENGTH characters. */
  get messages(): string {
    return this.log;
  }

  get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Lets this process end although the server runs; the server ends with it. */
  unref(): void {
    this.child.unref();
    for (const stream of this.child.stdio) (stream as { unref?: () => void } | null)?.unref?.();
  }

  /** Stops the server: it ends its connections and writes a checkpoint. Returns when it is gone. */
  async stop(): Promise<void> {
    this.child.ref();
    this.child.stdin?.end();
    await this.exit;
  }
}
