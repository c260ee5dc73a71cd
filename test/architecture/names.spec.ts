import { basename } from 'node:path';
import { sourceFiles } from './source-files.js';

describe('source files', () => {
  it('Source files say what they hold: none is called utils, helpers, manager, misc, shared or index', () => {
    const vague = /(^|[/.-])(utils?|helpers?|managers?|misc|shared)([/.-]|$)/;
    const wrong = sourceFiles().filter(
      ({ path }) => vague.test(path) || (basename(path) === 'index.ts' && path !== 'src/index.ts'),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
