import { sourceFiles } from './source-files.js';

/** Which folders of src the files of each may import, besides their own. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  common: [],
  ui: ['common'],
  scopes: ['common'],
  users: ['common'],
  clients: ['scopes', 'common'],
  auth: ['users', 'ui', 'common'],
  'oauth-server': ['users', 'clients', 'scopes', 'ui', 'common'],
  portal: ['auth', 'oauth-server', 'users', 'clients', 'scopes', 'ui', 'common'],
  migrations: ['common'],
  // The published surface: src/index.ts, the module that names both sides, and the schema.
  published: ['migrations', 'portal', 'auth', 'oauth-server', 'users', 'clients', 'scopes', 'ui', 'common'],
  app: ['published', 'portal', 'auth', 'oauth-server', 'users', 'clients', 'scopes', 'ui', 'common'],
};

/** The rooms of src/oauth-server by floors, from the top. A room imports rooms of the floors below it, and no other. */
const OAUTH_SERVER_FLOORS = [
  ['discovery'],
  ['authorization-endpoint', 'token-endpoint', 'introspection', 'revocation', 'userinfo'],
  ['client-authentication', 'tokens'],
  ['claims'],
  ['storage', 'keys'],
];

const files = sourceFiles();
const folderOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? (path === 'src/main.ts' ? 'app' : 'published');

describe('imports', () => {
  it('point one way: app → portal → auth, oauth-server → users, clients → common, and ui → common', () => {
    const wrong = files.flatMap(({ path, imports }) => {
      const from = folderOf(path);
      return imports
        .filter((target) => target.startsWith('src/'))
        .filter((target) => folderOf(target) !== from && !MAY_IMPORT[from]?.includes(folderOf(target)))
        .map((target) => `${path} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('point one way inside oauth-server: endpoints → client-authentication, tokens → claims → storage, keys', () => {
    const roomOf = (path: string) => /^src\/oauth-server\/([^/]+)\//.exec(path)?.[1];
    const floorOf = (room: string) => OAUTH_SERVER_FLOORS.findIndex((rooms) => rooms.includes(room));
    const wrong = files.flatMap(({ path, imports }) => {
      const from = roomOf(path);
      if (from === undefined) return [];
      return imports
        .map((target) => ({ target, to: roomOf(target) }))
        .filter(({ to }) => to !== undefined && to !== from && (floorOf(from) === -1 || floorOf(to) <= floorOf(from)))
        .map(({ target }) => `${path} → ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('reach nothing outside src but ormconfig.ts', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter((target) => !target.startsWith('src/') && target !== 'ormconfig')
        .map((target) => `${path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('form no cycle', () => {
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
