import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';

/**
 * The CPU time of a PostgreSQL server on this machine, all its processes together. Linux keeps it in
 * `/proc/<pid>/schedstat`, in nanoseconds; on other systems, and for a server elsewhere, nothing is measured.
 */
export class PostgresCpu {
  readonly #runTimes = new Map<number, number>();
  #nanoseconds = 0;

  private constructor(private readonly postmaster: number | undefined) {}

  /** Finds the server's first process as the parent of the one that serves a connection. */
  static async of(url: string): Promise<PostgresCpu> {
    const client = new Client(url);
    await client.connect();
    try {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      return new PostgresCpu(parentOf(rows[0]?.pid ?? 0));
    } finally {
      await client.end();
    }
  }

  /**
   * The CPU time since some fixed instant; 0 where it cannot be measured. What a process that has ended used after the
   * call before is lost.
   */
  microseconds(): number {
    if (this.postmaster === undefined) return 0;
    for (const name of readdirSync('/proc')) {
      const pid = Number(name);
      if (pid === this.postmaster || (pid > 0 && parentOf(pid) === this.postmaster)) this.#add(pid, runTimeOf(pid));
    }
    return this.#nanoseconds / 1000;
  }

  #add(pid: number, runTime: number): void {
    const before = this.#runTimes.get(pid) ?? 0;
    this.#runTimes.set(pid, runTime);
    this.#nanoseconds += runTime < before ? 0 : runTime - before;
  }
}

/** The parent of a process; undefined where the process is gone or belongs to another machine. */
function parentOf(pid: number): number | undefined {
  const stat = contentOf(`/proc/${pid}/stat`);
  const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(stat) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

function runTimeOf(pid: number): number {
  return Number(contentOf(`/proc/${pid}/schedstat`).split(' ', 1)[0]);
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
