import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './source-files.js';

const root = join(import.meta.dirname, '../..');

describe('docs/rfc-map.md', () => {
  const paths = [...textOf('docs/rfc-map.md').matchAll(/`((?:src|test|docs|bench|examples)\/[^`]+)`/g)].map(
    ([, path = '']) => path,
  );

  it('names files and tests', () => {
    expect(paths.length).toBeGreaterThan(0);
  });

  it('names only paths that exist', () => {
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
