import { sourceFiles } from './source-files.js';

/**
 * The rooms of src by floors, from the top: a room is a folder with its subfolders, less those that are rooms of their
 * own. A room imports rooms of the floors below its own, and no others.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['main.ts'],
  ['app/cli'],
  ['app'],
  ['app/demo', 'app/home'],
  ['app/server', 'app/database', 'app/health'],
  ['app/environment'],
  ['app/bootstrap'],
  ['index.ts', 'testing'],
  ['gatehouse.module.ts'],
  ['gatehouse.options.ts'],
  ['schema.ts'],
  ['migrations'],
  ['portal', 'bootstrap'],
  ['auth', 'oauth-server'],
  ['auth/passport'],
  ['auth/remote-login', 'oauth-server/discovery'],
  [
    'auth/sign-in',
    'oauth-server/authorization-endpoint',
    'oauth-server/token-endpoint',
    'oauth-server/introspection',
    'oauth-server/revocation',
    'oauth-server/userinfo',
  ],
  ['auth/guards', 'oauth-server/client-authentication', 'oauth-server/tokens'],
  ['oauth-server/claims'],
  ['oauth-server/storage', 'oauth-server/keys'],
  ['users', 'clients'],
  ['users/password'],
  ['users/session', 'users/linked-account', 'users/throttle'],
  ['users/user', 'scopes', 'ui'],
  ['common'],
  ['common/http', 'common/outgoing'],
  ['common/memory'],
  ['common/config', 'common/events'],
  ['common/database'],
  ['common/extension'],
  ['common/crypto', 'common/errors', 'common/log', 'common/time', 'common/url'],
];

/** Wings that know nothing of one another, although a floor lies between some of their rooms. */
const APART: readonly (readonly [from: string, to: string])[] = [
  ['auth', 'oauth-server'],
  ['oauth-server', 'auth'],
  ['auth', 'clients'],
  ['auth', 'scopes'],
  ['users', 'scopes'],
  ['users', 'ui'],
  ['clients', 'ui'],
  ['clients', 'users'],
];

const files = sourceFiles();
const floors = new Map(FLOORS.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));

/** The room of a path such as `src/oauth-server/tokens/formats/jwt.token-format`. */
function roomOf(path: string): string {
  const parts = path
    .replace(/^src\//, '')
    .replace(/^([^/]+?)(\.tsx?)?$/, '$1.ts')
    .split('/');
  while (parts.length > 0 && !floors.has(parts.join('/'))) parts.pop();
  return parts.join('/');
}

function mayImport(from: string, to: string): boolean {
  const isApart = APART.some(([one, other]) => isIn(from, one) && isIn(to, other));
  return from === to || (!isApart && (floors.get(from) ?? -1) < (floors.get(to) ?? -1));
}

function isIn(room: string, wing: string): boolean {
  return room === wing || room.startsWith(`${wing}/`);
}

describe('imports', () => {
  it('Every file stands in a room of the list', () => {
    expect(files.filter(({ path }) => roomOf(path) === '').map(({ path }) => path)).toEqual([]);
  });

  it('Every import points down from floor to floor, so that no two rooms import one another', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.startsWith('src/') && !mayImport(roomOf(path), roomOf(target)))
        .map((target) => `${path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('No file of src reaches outside but for ormconfig.ts', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter((target) => !target.startsWith('src/') && target !== 'ormconfig')
        .map((target) => `${path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('No files import one another in a circle', () => {
    const byPath = new Map(files.map((file) => [file.path.replace(/\.tsx?$/, ''), file.imports]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (done.has(path) || trail.includes(path)) return;
      for (const target of byPath.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of byPath.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });
});
