import { readFileSync } from 'node:fs';
import { DOCUMENTED_ERRORS } from '../../src/app/error-docs/documented-errors.js';
import { sourceFiles } from './source-files.js';

const GUIDE = 'docs/guides/errors.md';

it('Every error code in the code is documented, and none that is not there', () => {
  const codes = sourceFiles()
    .filter(({ path }) => path.endsWith('errors.ts') && path !== 'src/app/error-docs/documented-errors.ts')
    .flatMap(({ text }) =>
      [...text.matchAll(/^ {2}(?:override )?readonly code = '(\w+)';$/gm)].map(([, code]) => code),
    );
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code = '') => !(code in DOCUMENTED_ERRORS))).toEqual([]);
});

it('The guide to errors says of every code what the page of the server says', () => {
  const guide = readFileSync(GUIDE, 'utf8');
  const rows = Object.entries(DOCUMENTED_ERRORS).map(
    ([code, { means, cure, definedIn }]) =>
      `| \`${code}\` | ${means} | ${cure} |${definedIn === undefined ? '' : ` ${definedIn} |`}`,
  );
  expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
});
