import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './source-files.js';

const FOLDER = 'docs/adr';
const names = readdirSync(join(import.meta.dirname, '../..', FOLDER));
const decisions = names.map((name) => ({ name, text: textOf(`${FOLDER}/${name}`) }));

/** The line at the top by which a decision names others: `> Superseded in part: …`, `Supersedes in part [0003](…)`. */
function namedAtTop(text: string, opening: RegExp): string[] {
  const line = text.split('\n')[2] ?? '';
  return opening.test(line) ? [...line.matchAll(/\]\((\d{4}-[^)]+)\)/g)].map(([, name = '']) => name) : [];
}

describe('docs/adr', () => {
  it('The decisions have numbers that no two of them share', () => {
    const numbers = names.map((name) => name.slice(0, 4));
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  });

  it('The decisions each say what was decided, why, and what was rejected', () => {
    const lacking = decisions.flatMap(({ name, text }) =>
      ['Decision', 'Why', 'Rejected'].filter((part) => !text.includes(`**${part}`)).map((part) => `${name}: ${part}`),
    );
    expect(lacking).toEqual([]);
  });

  it('The decisions that are superseded name what supersedes them, and are named by it', () => {
    const olderToNewer = decisions.flatMap(({ name, text }) =>
      namedAtTop(text, /^> Superseded /).map((newer) => `${name} by ${newer}`),
    );
    const newerToOlder = decisions.flatMap(({ name, text }) =>
      namedAtTop(text, /^Supersedes /).map((older) => `${older} by ${name}`),
    );
    expect(olderToNewer.toSorted()).toEqual(newerToOlder.toSorted());
    expect(olderToNewer.length).toBeGreaterThan(0);
  });
});
