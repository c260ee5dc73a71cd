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
