import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const running: ChildProcess[] = [];

/** A start compiles every source file first. */
export const START_MILLISECONDS = 120_000;

/** Ends whatever a spec file left running. */
export function killStarts(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** A start from the sources in a folder of its own, with nothing in its environment but what is given. */
export class Start {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';

  constructor(folder: string, variables: Record<string, string> = {}, ...options: string[]) {
    const loader = join(root, 'test/support/typescript-loader.mjs');
    const program = ['--enable-source-maps', '--import', loader, join(root, 'src/main.ts'), ...options];
    const { PATH = '' } = process.env;
    this.child = spawn(process.execPath, program, { cwd: folder, env: { PATH, ...variables } });
    running.push(this.child);
    this.child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stdout += chunk;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr += chunk;
    });
  }

  /** The URL once it is printed; the whole banner is there by then. */
  async url(): Promise<string> {
    while (!this.stdout.includes('Ctrl-C')) {
      await Promise.race([once(this.child.stdout as NodeJS.ReadableStream, 'data'), once(this.child, 'exit')]);
      if (this.child.exitCode !== null) throw new Error(this.stderr);
    }
    return /ready at (\S+)/.exec(this.stdout)?.[1] ?? '';
  }

  async stopped(): Promise<number | NodeJS.Signals | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return this.child.exitCode ?? this.child.signalCode;
  }
}
