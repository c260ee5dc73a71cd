import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresCpu } from './postgres-cpu.js';

const STARTING_MILLISECONDS = 30_000;

/** A server under measurement, in a process of its own, with the end users who are signed in there. */
export class BenchServer {
  readonly #ended = new AbortController();
  /** The Cookie headers of the signed-in end users: one for each connection. */
  cookies: readonly string[] = [];
  /** The PostgreSQL server behind it, where that is measured too. */
  postgres: PostgresCpu | undefined;
  /** The names of the scenarios that the server cannot do. */
  lacks: readonly string[] = [];

  private constructor(
    readonly name: string,
    readonly url: string,
    private readonly process: ChildProcess,
  ) {
    process.once('exit', () => this.#ended.abort(new Error(`${name} ended while it was measured`)));
  }

  /**
   * Starts a program, named by its path, that listens on PORT and answers GET /health/ready when it is ready. DEMO is on
   * for the guarded route of the example API, which NODE_ENV=production refuses.
   */
  static async start(
    name: string,
    program: string,
    port: number,
    environment: NodeJS.ProcessEnv,
  ): Promise<BenchServer> {
    const child = fork(program, [], {
      execArgv: ['--import', new URL('./report-cpu.js', import.meta.url).href],
      env: { ...process.env, ...environment, NODE_ENV: 'staging', DEMO: 'on', PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      // Ctrl-C is for the benchmark, which ends its servers in order.
      detached: true,
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    const server = new BenchServer(name, `http://127.0.0.1:${port}`, child);
    const deadline = Date.now() + STARTING_MILLISECONDS;
    while (!(await server.#answers())) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${name} did not start.\n${output}`);
      await delay(50);
    }
    return server;
  }

  /** The id of the process. */
  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** The CPU time that the process has used since it started; fails when it is no more. */
  async cpuMicroseconds(): Promise<number> {
    const { signal } = this.#ended;
    signal.throwIfAborted();
    this.process.send('cpu');
    const [microseconds] = (await once(this.process, 'message', { signal })) as [number];
    return microseconds;
  }

  /** Asks the process to end, and waits until it has. */
  async stop(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/health/ready`)).ok;
    } catch {
      return false;
    }
  }
}
