import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './source-files.js';

const root = join(import.meta.dirname, '../..');
const text = textOf('CONTRIBUTING.md')
  .replaceAll('`…/', '`src/oauth-server/')
  .replaceAll('`ae/', '`src/oauth-server/authorization-endpoint/');

describe('CONTRIBUTING.md', () => {
  it('The guide names only paths that exist, but for those with a part that a contributor fills in', () => {
    const paths = [...text.matchAll(/`((?:src|test|docs|examples|bench)\/[^`]*)`/g)].map(([, path = '']) => path);
    const whole = paths.filter((path) => !/[<*…]/.test(path));
    expect(whole.length).toBeGreaterThan(40);
    expect(whole.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('The map of the guide has a row for each folder of src', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });
});
