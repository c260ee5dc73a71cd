import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { PostgresAccount } from './postgres-account.js';
import { postgresEnvironment } from './postgres-data-folder.js';

/**
 * Runs the server ("$@" from the third argument on) and stops it when file descriptor 3 reaches its end, which happens
 * when the parent closes it or dies in any way. Removes the socket folder ("$1") at last.
 */
const WATCHER = `
socket=$1; shift
"$@" 3<&- & server=$!
(read -r _; kill -INT $server) <&3 2>/dev/null & watcher=$!
wait $server; status=$?
kill $watcher 2>/dev/null
rmdir "$socket" 2>/dev/null
exit $status`;

/** How much of the server's own messages is kept for an error. */
const LOG_LENGTH = 4_000;

/** A running PostgreSQL server that never outlives this process. */
export class PostgresProcess {
  private log = '';
  private readonly child: ChildProcess;
  private readonly exit: Promise<unknown>;

  constructor(command: string[], socketFolder: string, account: PostgresAccount) {
    this.child = spawn('/bin/sh', ['-c', WATCHER, 'sh', socketFolder, ...command], {
      ...account.ids,
      cwd: '/',
      env: postgresEnvironment(),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    this.exit = once(this.child, 'exit').catch((error: Error) => {
      this.log += error.message;
    });
    this.child.stderr?.on('data', (chunk) => {
      this.log = (this.log + chunk).slice(-LOG_LENGTH);
    });
  }

  /** What the server said last. */
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

  /** Stops the server: ends its connections, writes a checkpoint. */
  async stop(): Promise<void> {
    this.child.ref();
    (this.child.stdio[3] as Writable | undefined)?.end();
    await this.exit;
  }
}
