import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../support/whole-server.js';

type EmbeddedServer = Awaited<ReturnType<typeof startEmbeddedPostgres>>;

const NOBODY = 65534;

describe('the embedded PostgreSQL', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'gatehouse-embedded-'));
  const pidFile = join(dataFolder, '18', 'postmaster.pid');
  const readPid = () => Number.parseInt(readFileSync(pidFile, 'utf8'), 10);

  afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

  it('The embedded PostgreSQL keeps every acknowledged row and leaves no server behind when its process is killed while it writes', async () => {
    const writer = startWriter(dataFolder);
    const acknowledged: number[] = [];
    for await (const line of createInterface(writer.stdout)) {
      acknowledged.push(Number(line));
      if (acknowledged.length === 100) writer.kill('SIGKILL');
    }
    const orphan = existsSync(pidFile) ? readPid() : undefined;
    const postgres = await startEmbeddedPostgres(dataFolder);
    const rows = await query(postgres, 'SELECT value FROM number');
    const values = new Set(rows.map((row) => row.value));
    expect(acknowledged.filter((value) => !values.has(value))).toEqual([]);
    if (orphan !== undefined) expect(() => process.kill(orphan, 0)).toThrow('ESRCH');
    await postgres.stop();
    expect(existsSync(pidFile)).toBe(false);
  });

  it('The embedded PostgreSQL works below a folder that only its own user may enter, as root does in its home', async () => {
    const home = mkdtempSync(join(tmpdir(), 'gatehouse-home-'));
    const postgres = await startEmbeddedPostgres(join(home, 'project', 'data'));
    expect(await query(postgres, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await postgres.stop();
    rmSync(home, { recursive: true });
  });

  it('The embedded PostgreSQL starts although the process id in a stale postmaster.pid belongs to another program by now', async () => {
    const victim = await startEmbeddedPostgres(dataFolder);
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    await victim.stop();
    const stranger = spawn('/bin/sleep', ['60'], process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {});
    writeFileSync(pidFile, [stranger.pid, ...lines.slice(1)].join('\n'));
    const postgres = await startEmbeddedPostgres(dataFolder);
    expect(await query(postgres, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await postgres.stop();
    stranger.kill();
  });

  it('The embedded PostgreSQL refuses a folder that another process uses and says what to do', async () => {
    const first = await startEmbeddedPostgres(dataFolder);
    const second = startEmbeddedPostgres(dataFolder);
    await expect(second).rejects.toThrow(
      new RegExp(`another process uses ${dataFolder} .*process id ${readPid()}.*\n.*another data folder.*DATABASE_URL`),
    );
    expect(await query(first, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
    await first.stop();
  });
});

function startWriter(dataFolder: string) {
  const program = fileURLToPath(new URL('../support/write-until-killed.ts', import.meta.url));
  const loader = new URL('../support/typescript-loader.mjs', import.meta.url).href;
  return spawn(process.execPath, ['--import', loader, program, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function query(postgres: EmbeddedServer, statement: string) {
  const client = new Client(postgres.connection);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
