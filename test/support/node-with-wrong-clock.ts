import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { variablesFor } from './commands.js';
import { Start } from './start.js';
import type { TestApp } from './test-app.js';

/** One more node of a server under test, in a process whose wall clock is wrong. */
export class NodeWithWrongClock {
  private constructor(
    /** The server under test as it is reached by this node. */
    readonly app: TestApp,
    private readonly start: Start,
    private readonly folder: string,
  ) {}

  /** Starts the node on the same database and with the same issuer; further variables go beside these. */
  static async start(
    app: TestApp,
    aheadSeconds: number,
    variables: Record<string, string> = {},
  ): Promise<NodeWithWrongClock> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-clock-'));
    setClock(folder, aheadSeconds);
    const port = await freePort();
    const start = new Start(folder, {
      AHEAD_SECONDS_FILE: fileIn(folder),
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'set-clock.mjs')}`,
      PORT: String(port),
      ISSUER: app.url,
      ...variablesFor(app.database),
      LOG_LEVEL: 'warn',
      ...variables,
    });
    await start.url();
    return new NodeWithWrongClock(app.reachedAt(`http://localhost:${port}`), start, folder);
  }

  /** Sets the wall clock, as a wrong NTP step does, or as a sleep, in which the monotonic clock stands still. */
  setClock(aheadSeconds: number): void {
    setClock(this.folder, aheadSeconds);
  }

  /** What the node has logged. */
  get log(): string {
    return this.start.stdout + this.start.stderr;
  }

  /** Ends the node. */
  async stop(): Promise<void> {
    this.start.child.kill('SIGKILL');
    await this.start.stopped();
    rmSync(this.folder, { recursive: true });
  }
}

function fileIn(folder: string): string {
  return join(folder, 'ahead-seconds');
}

function setClock(folder: string, aheadSeconds: number): void {
  writeFileSync(fileIn(folder), String(aheadSeconds));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
