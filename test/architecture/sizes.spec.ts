import { basename } from 'node:path';
import { sourceFiles } from './source-files.js';

const files = sourceFiles();

describe('source files', () => {
  it('have at most 300 lines, and at most 70 at the median', () => {
    expect(files.filter(({ lines }) => lines > 300).map(({ path }) => path)).toEqual([]);
    const sorted = files.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(70);
  });

  it('say what they hold: none is called utils, helpers, manager, misc, shared or index', () => {
    const vague = /(^|[/.-])(utils?|helpers?|managers?|misc|shared)([/.-]|$)/;
    const wrong = files.filter(
      ({ path }) => vague.test(path) || (basename(path) === 'index.ts' && path !== 'src/index.ts'),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('export at most one class each, named as the file is', () => {
    const wrong = files
      .filter(({ path }) => !path.includes('/migrations/'))
      .flatMap(({ path, text }) => {
        const classes = [...text.matchAll(/^export (?:abstract )?class (\w+)/gm)].map(([, name = '']) => name);
        const expected = basename(path)
          .replace(/\.tsx?$/, '')
          .replaceAll(/[.-]/g, '')
          .toLowerCase();
        if (classes.length > 1) return [`${path}: ${classes.join(', ')}`];
        return classes.filter((name) => name.toLowerCase() !== expected).map((name) => `${path}: ${name}`);
      });
    expect(wrong).toEqual([]);
  });

  it('construct no class from more than six parameters', () => {
    const wrong = files.filter(({ text }) => {
      const parameters = /\bconstructor\(([^)]*(?:\([^)]*\)[^)]*)*)\)/.exec(text)?.[1] ?? '';
      return parameters.split(',').filter((parameter) => parameter.includes(':')).length > 6;
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
