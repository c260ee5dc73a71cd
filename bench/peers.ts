import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the peers, with a package.json and a lock file of its own. */
const FOLDER = join(process.cwd(), 'bench/peers');

/** A server of another project, with an adapter of ours. */
export interface Peer {
  readonly name: string;
  /** The path of the program. */
  readonly program: string;
  /** The scenarios for which it has nothing. */
  readonly lacks: readonly string[];
}

/** The peers that run on Node. */
export const PEERS: readonly Peer[] = [
  { name: 'oidc-provider', program: join(FOLDER, 'oidc-provider.mjs'), lacks: [] },
  {
    name: 'oauth2-server',
    program: join(FOLDER, 'oauth2-server.mjs'),
    lacks: [
      'client_credentials, JWT',
      'introspection, opaque',
      'guarded route, JWT',
      'userinfo',
      'revocation, opaque',
      'discovery, then keys',
    ],
  },
];

function changedAt(file: string): number {
  return statSync(join(FOLDER, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Installs what the peers need, where that is not done yet or the lock file has changed. Throws an Error where it cannot be installed. */
export async function installPeers(): Promise<void> {
  if (changedAt('node_modules/.package-lock.json') > changedAt('package-lock.json')) return;
  const { status } = spawnSync('npm', ['ci'], { cwd: FOLDER, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('The peers could not be installed: npm ci in bench/peers failed');
}
