import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles, textOf } from './source-files.js';

const root = join(import.meta.dirname, '../..');
const rows = textOf('docs/rfc-map.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Standard'));

describe('docs/rfc-map.md', () => {
  it('The RFC map names in each line a section, the file that keeps it and the test that holds it', () => {
    const wrong = rows.filter((row) => !/^\| [^|]+ \| `src\/[^`]+` \| `(test|src)\/[^`]+\.spec\.tsx?` \|$/.test(row));
    expect([rows.length > 0, wrong]).toEqual([true, []]);
  });

  it('The RFC map names only paths that exist', () => {
    const paths = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('The RFC map has every RFC that a comment of src cites', () => {
    const known = new Set(textOf('docs/rfc-map.md').match(/RFC \d+/g));
    const cited = sourceFiles().flatMap(({ path, text }) =>
      (text.match(/RFC \d+/g) ?? []).filter((rfc) => !known.has(rfc)).map((rfc) => `${path}: ${rfc}`),
    );
    expect(cited).toEqual([]);
  });
});
