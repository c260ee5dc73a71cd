import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresAccount } from './postgres-account.js';
import type { PostgresDataFolder } from './postgres-data-folder.js';

/** How clients reach the server, and the settings by which the server lets nobody else in. */
export interface PostgresAccess {
  address: { host: string; port: number; password?: string };
  initdbOptions: string[];
  settings: Record<string, string>;
}

/** A unix socket in a private folder, or on Windows a loopback port with a password. */
export function openAccess(folder: PostgresDataFolder, account: PostgresAccount): Promise<PostgresAccess> {
  return process.platform === 'win32' ? openLoopbackPort(folder) : Promise.resolve(openUnixSocket(account));
}

/**
 * Filesystem rights are the authentication. PostgresProcess deletes the folder with the server.
 * The socket's path may have 103 bytes on macOS, hence the way out to /tmp.
 */
function openUnixSocket(account: PostgresAccount): PostgresAccess {
  const parent = tmpdir().length < 70 && account.canReach(tmpdir()) ? tmpdir() : '/tmp';
  const host = mkdtempSync(join(parent, 'gatehouse-socket-'));
  account.own(host);
  return {
    address: { host, port: 5432 },
    initdbOptions: ['--auth=trust'],
    settings: { listen_addresses: '', unix_socket_directories: host, port: '5432' },
  };
}

async function openLoopbackPort(folder: PostgresDataFolder): Promise<PostgresAccess> {
  const host = '127.0.0.1';
  const port = await findFreePort(host);
  const passwordFile = join(folder.path, 'password');
  return {
    address: { host, port, password: readOrCreatePassword(passwordFile) },
    initdbOptions: ['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    settings: { listen_addresses: host, port: String(port) },
  };
}

function readOrCreatePassword(file: string): string {
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}

function findFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
