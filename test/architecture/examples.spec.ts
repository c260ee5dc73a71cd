import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST_LINES = 25;

/** The lines that a team has to think of: without imports, comments and blank lines. */
function linesOf(file: string): number {
  const code = readFileSync(file, 'utf8')
    .replaceAll(/^import [^;]+;$/gm, '')
    .replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
  return code.split('\n').filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length;
}

const files = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .map((file) => join('examples', file))
  .filter((file) => file.endsWith('.ts') && !file.startsWith(join('examples', 'hosts')));

it('The examples bend any part of Gatehouse in at most 25 lines a file, without imports, comments and blank lines', () => {
  expect(files.length).toBeGreaterThan(15);
  expect(
    files.map((file) => `${file}: ${linesOf(file)}`).filter((_, index) => linesOf(files[index] ?? '') > MOST_LINES),
  ).toEqual([]);
});

it('The examples of every door are run by a test', () => {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join('test', file), 'utf8'))
    .join();
  const folders = readdirSync('examples').filter((name) => name !== 'hosts');
  expect(folders.filter((name) => !tests.includes(`examples/${name}/`))).toEqual([]);
});
